import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type LogFileOptions = {
  /** Bytes after which a new file is begun. */
  maxBytes?: number
  /** How many old files stay: forager.log.1 is the newest. */
  keep?: number
  /** Told once when lines can no longer be written (full disk, read-only): logging must not stop the work. */
  onFailure: (error: unknown) => void
}

/** Appends lines to a file of bounded size. A failing disk is reported once and then the lines are dropped. */
export function openLogFile(path: string, options: LogFileOptions): (line: string) => void {
  const { maxBytes = 1_000_000, keep = 3, onFailure } = options
  let size: number | undefined
  let failed = false
  return (line) => {
    try {
      size ??= sizeOf(path)
      if (size > maxBytes) {
        rotate(path, keep)
        size = 0
      }
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
      size += Buffer.byteLength(line) + 1
      failed = false
    } catch (error) {
      if (!failed) onFailure(error)
      failed = true
    }
  }
}

function sizeOf(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function rotate(path: string, keep: number): void {
  for (let index = keep - 1; index >= 0; index--) {
    const from = index === 0 ? path : `${path}.${index}`
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${path}.${index + 1}`)
  }
}
