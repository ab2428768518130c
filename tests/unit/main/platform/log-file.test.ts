import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLogFile } from '#main/platform/log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const unexpected = (error: unknown) => {
  throw error
}

describe('the log file', () => {
  it('makes its folder and can be read by its owner alone', () => {
    const path = join(folder, 'logs/forager.log')
    openLogFile(path, { onFailure: unexpected })('one')
    expect(readFileSync(path, 'utf8')).toBe('one\n')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  it('begins a new file when full and keeps only so many', () => {
    const path = join(folder, 'forager.log')
    const write = openLogFile(path, { maxBytes: 10, keep: 2, onFailure: unexpected })
    for (const line of ['first line', 'second line', 'third line', 'fourth line']) write(line)
    expect(readFileSync(path, 'utf8')).toBe('fourth line\n')
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('third line\n')
    expect(readFileSync(`${path}.2`, 'utf8')).toBe('second line\n')
    expect(existsSync(`${path}.3`)).toBe(false)
  })

  it('reports once that it cannot write, and never throws', () => {
    const blocked = join(folder, 'a-file')
    writeFileSync(blocked, '')
    const failures: unknown[] = []
    const write = openLogFile(join(blocked, 'forager.log'), { onFailure: (error) => failures.push(error) })
    write('one')
    write('two')
    expect(failures).toHaveLength(1)
  })
})
