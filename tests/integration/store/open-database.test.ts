import { readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { connectCache } from '#main/store/cache/connect.ts'
import { openDatabase } from '#main/store/open-database.ts'
import { lockProfile } from '#main/store/profile-lock.ts'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { cachePath, outboxPath } from '#main/store/profile-files.ts'
import { withStoreErrors } from '#main/store/sql-errors.ts'
import { anAlert } from '#tests/support/make.ts'
import {
  openedCache,
  openedOutbox,
  tempFolder,
  tempProfile,
  testKey,
} from '#tests/support/store/temp-profile.ts'

describe('opening a database', () => {
  it('asks for no process report: there are Electron processes that this ends', () => {
    const asked = vi.spyOn(process.report, 'getReport')
    openedCache()
    expect(asked).not.toHaveBeenCalled()
  })

  it('leaves nothing readable on the disk', () => {
    const { writer, location } = openedCache()
    writer.ingestAlerts([anAlert({ title: 'Walrus in the wire' })], 1)
    for (const suffix of ['', '-wal']) {
      const bytes = readFileSync(cachePath(location.folder) + suffix, 'latin1')
      expect(bytes).not.toContain('Walrus')
      expect(bytes).not.toContain('SQLite format 3')
    }
  })

  it('synchronises the outbox and a precious cache fully, and a refillable cache as far as WAL needs', () => {
    const settings = (path: string, synchronous: 'FULL' | 'NORMAL') => {
      const db = openDatabase({ file: 'outbox', path, keyHex: testKey, synchronous, newestVersion: 0 })
      const answer = ['journal_mode', 'synchronous', 'fullfsync', 'foreign_keys', 'trusted_schema'].map(
        (name) => db.pragma(name, { simple: true }),
      )
      db.close()
      return answer
    }
    const folder = tempFolder()
    expect(settings(join(folder, 'a.sqlite'), 'FULL')).toEqual(['wal', 2, 1, 1, 0])
    expect(settings(join(folder, 'b.sqlite'), 'NORMAL')).toEqual(['wal', 1, 0, 1, 0])
    const precious = tempProfile({ care: 'precious' })
    openedCache(precious)
    const db = connectCache(precious, { readonly: false })
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
  })

  it('says that a wrong key may be the reason, and changes nothing', () => {
    const { location } = openedOutbox()
    const path = outboxPath(location.folder)
    const before = readFileSync(path)
    const newest = newestVersion(outboxMigrations)
    const request = { file: 'outbox', path, synchronous: 'FULL', newestVersion: newest } as const
    expect(() => openDatabase({ ...request, keyHex: 'ee'.repeat(32) })).toThrow(
      expect.objectContaining({ kind: 'corrupt', message: expect.stringContaining('another key') as string }),
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('takes only a key of 32 bytes in hex', () => {
    const request = {
      file: 'cache',
      path: join(tempFolder(), 'a.sqlite'),
      synchronous: 'FULL',
      newestVersion: 0,
    } as const
    expect(() => openDatabase({ ...request, keyHex: `ab'; ATTACH 'x` })).toThrow(
      expect.objectContaining({ kind: 'bug' }),
    )
  })

  it('tells what cannot be opened, what is full and what is in use apart', () => {
    const folder = tempFolder()
    const request = { file: 'cache', keyHex: testKey, synchronous: 'FULL', newestVersion: 0 } as const
    expect(() => openDatabase({ ...request, path: folder })).toThrow(
      expect.objectContaining({ kind: 'unreadable-file', next: expect.any(String) as string }),
    )
    const db = openDatabase({ ...request, path: join(folder, 'a.sqlite') })
    db.pragma('max_page_count = 1')
    const grow = () => withStoreErrors('outbox', () => db.exec('CREATE TABLE a (b)'))
    expect(grow).toThrow(expect.objectContaining({ kind: 'disk-full', next: expect.any(String) as string }))
    const other = openDatabase({ ...request, path: join(folder, 'a.sqlite') })
    other.exec('BEGIN IMMEDIATE')
    const write = () => withStoreErrors('outbox', () => db.exec('BEGIN IMMEDIATE'))
    expect(write).toThrow(expect.objectContaining({ kind: 'locked' }))
    for (const one of [db, other]) one.close()
  })

  it('gives readers no way to write', () => {
    const { location } = openedCache()
    const db = connectCache(location, { readonly: true })
    expect(() => db.exec(`INSERT INTO kept VALUES ('a', '1')`)).toThrow(/readonly/)
    db.close()
  })

  it('shows readers a steady snapshot and then the next one', () => {
    const { writer, location } = openedCache()
    const reader = openCacheReader(location)
    writer.ingestAlerts([anAlert()], 1)
    expect(reader.counts('ana').total).toBe(1)
    writer.ingestAlerts([anAlert({ id: '~2' })], 1)
    expect(reader.counts('ana').total).toBe(2)
    reader.close()
  })
})

describe('the profile lock', () => {
  it('is refused as locked while somebody holds it, and free afterwards', () => {
    const folder = tempFolder()
    const lock = lockProfile(folder)
    expect(() => lockProfile(folder)).toThrow(expect.objectContaining({ kind: 'locked' }))
    lock.release()
    lockProfile(folder).release()
  })

  it('holds between processes and goes with a killed one', async () => {
    const folder = tempFolder()
    const module = join(import.meta.dirname, '../../../src-main/store/profile-lock.ts')
    const script = `import(${JSON.stringify(module)}).then(({ lockProfile }) => {
      lockProfile(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000) })`
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    expect(() => lockProfile(folder)).toThrow(expect.objectContaining({ kind: 'locked' }))
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    lockProfile(folder).release()
  })
})
