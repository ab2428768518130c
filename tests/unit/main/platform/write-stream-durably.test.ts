import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeStreamDurably } from '#main/platform/write-stream-durably.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-save-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file written as it streams in', () => {
  it('is whole under its name, not to be executed, and its size is told', async () => {
    const path = join(folder, 'sample.bin')
    const size = await writeStreamDurably(path, Readable.from([Buffer.from('MZ '), Buffer.from('evidence')]))
    expect(size).toBe(11)
    expect(readFileSync(path, 'utf8')).toBe('MZ evidence')
    expect(statSync(path).mode & 0o111).toBe(0)
    expect(readdirSync(folder)).toEqual(['sample.bin'])
  })

  it('that breaks off half-way leaves nothing behind, and what stood there stands', async () => {
    const path = join(folder, 'sample.bin')
    writeFileSync(path, 'older')
    async function* broken() {
      yield Buffer.from('MZ ')
      await Promise.resolve()
      throw new Error('cut off')
    }
    await expect(writeStreamDurably(path, Readable.from(broken()))).rejects.toThrow('cut off')
    expect(readFileSync(path, 'utf8')).toBe('older')
    expect(readdirSync(folder)).toEqual(['sample.bin'])
  })

  it('takes no more from the stream when there is no place for it', async () => {
    const bytes = Readable.from([Buffer.from('x')])
    await expect(writeStreamDurably(join(folder, 'none', 'x'), bytes)).rejects.toThrow()
    expect(bytes.destroyed).toBe(true)
  })
})
