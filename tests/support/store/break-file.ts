import { openSync, closeSync, writeSync, statSync } from 'node:fs'

const pageSize = 4096

/** Overwrites pages of a closed database file with noise; negative numbers count from the end. */
export function breakPages(path: string, ...pages: number[]): void {
  const total = Math.floor(statSync(path).size / pageSize)
  const handle = openSync(path, 'r+')
  for (const page of pages) {
    const at = page < 0 ? total + page : page
    writeSync(handle, Buffer.alloc(pageSize, 0x5a), 0, pageSize, at * pageSize)
  }
  closeSync(handle)
}

export const pagesOf = (path: string): number => Math.floor(statSync(path).size / pageSize)
