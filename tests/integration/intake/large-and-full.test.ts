import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const child = join(import.meta.dirname, 'take-in-process.ts')
const mebibyte = 1024 * 1024
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-intake-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function takeInElsewhere(path: string, limitKb?: number): Record<string, unknown> {
  const args = [child, path, folder, randomBytes(32).toString('hex')]
  const limited = ['-c', `ulimit -f ${limitKb}; exec "$0" "$@"`, process.execPath, ...args]
  const output = limitKb === undefined ? execFileSync(process.execPath, args) : execFileSync('bash', limited)
  return JSON.parse(output.toString()) as Record<string, unknown>
}

describe('taking a file in', () => {
  it('costs no memory, however large the file: 200 MB', async () => {
    const path = join(folder, 'disk.img')
    const handle = await open(path, 'w')
    await handle.truncate(200 * mebibyte)
    await handle.close()
    const { size, read, grownMb } = takeInElsewhere(path)
    expect([size, read]).toEqual([200 * mebibyte, 200 * mebibyte])
    expect(grownMb).toBeLessThan(100)
  })

  it.skipIf(process.platform === 'win32')('on a full disk says so and leaves nothing behind', async () => {
    const path = join(folder, 'big.bin')
    await writeFile(path, randomBytes(2 * mebibyte))
    const outcome = takeInElsewhere(path, 512)
    expect(outcome).toEqual({ kind: 'disk-full', message: 'The disk is full: big.bin could not be kept.' })
    expect(await readdir(join(folder, 'specimens'))).toEqual([])
  })
})
