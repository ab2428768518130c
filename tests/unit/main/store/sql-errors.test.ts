import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { toStoreError } from '#main/store/sql-errors.ts'

const system = (code: string) =>
  Object.assign(new Error(`${code}: said by the system`), { code, syscall: 'rename', errno: -1 })
const words = { did: expect.any(String) as string, next: expect.any(String) as string }

describe('what an analyst is told', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'unreadable-file'],
    ['EROFS', 'unreadable-file'],
    ['EACCES', 'unreadable-file'],
    ['EBUSY', 'locked'],
  ])('of %s is in words, whether SQLite or Forager itself met it', (code, kind) => {
    expect(toStoreError(system(code), 'outbox')).toMatchObject({ kind, ...words, details: { code } })
  })

  it('of a disk without room for shared memory is that it is full', () => {
    const thrown = new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_SHMSIZE')
    expect(toStoreError(thrown, 'cache')).toMatchObject({ kind: 'disk-full', ...words })
  })

  it('of what is no failure of a file is left to whoever knows it', () => {
    const thrown = new Error('something else')
    expect(toStoreError(thrown, 'cache')).toBe(thrown)
  })
})
