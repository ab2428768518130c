import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { copyDatabase } from '#main/store/copy-database.ts'
import type { Migration } from '#main/store/migrations/migration.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { migrate, versionOf } from '#main/store/migrations/runner.ts'
import { openDatabase } from '#main/store/open-database.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { tempFolder, tempProfile, testKey } from '#tests/support/store/temp-profile.ts'

const first: Migration = {
  version: 10,
  name: 'fruit',
  up: (db) => void db.exec('CREATE TABLE fruit (name TEXT NOT NULL) STRICT'),
}
const second: Migration = {
  version: 20,
  name: 'colour, guessed from the name',
  up: (db) => {
    db.exec(`ALTER TABLE fruit ADD COLUMN colour TEXT`)
    db.exec(`UPDATE fruit SET colour = 'red' WHERE name = 'cherry'`)
  },
}
const halfDone: Migration = {
  version: 30,
  name: 'fails half-way',
  up: (db) => {
    db.exec('DROP TABLE fruit')
    throw new Error('no further')
  },
}

function fruitFile() {
  const path = join(tempFolder(), 'fruit.sqlite')
  const db = new Database(path)
  migrate(db, [first])
  db.exec(`INSERT INTO fruit VALUES ('cherry'), ('plum')`)
  return { db, path }
}

describe('migrating a file', () => {
  it('runs what is missing, in order, and no more', () => {
    const { db } = fruitFile()
    expect(migrate(db, [first, second])).toEqual({ from: 10, to: 20 })
    expect(migrate(db, [first, second])).toEqual({ from: 20, to: 20 })
    expect(versionOf(db)).toBe(20)
    db.close()
  })

  it('changes the rows it means and leaves the others alone', () => {
    const { db } = fruitFile()
    migrate(db, [first, second])
    expect(db.prepare('SELECT * FROM fruit ORDER BY name').all()).toEqual([
      { name: 'cherry', colour: 'red' },
      { name: 'plum', colour: null },
    ])
    db.close()
  })

  it('leaves the file exactly old when a step fails half-way, after the steps that were done', () => {
    const { db } = fruitFile()
    expect(() => migrate(db, [first, second, halfDone])).toThrow('no further')
    expect(versionOf(db)).toBe(20)
    expect(db.prepare('SELECT count(*) FROM fruit').pluck().get()).toBe(2)
    db.close()
  })

  it('copies a file that holds something before its first step, and an empty one not at all', () => {
    const { db, path } = fruitFile()
    migrate(db, [first, second], (from) => copyDatabase(db, `${path}.before-${from}`))
    const copy = new Database(`${path}.before-10`, { readonly: true })
    expect(versionOf(copy)).toBe(10)
    expect(copy.prepare('SELECT name FROM fruit ORDER BY name').pluck().all()).toEqual(['cherry', 'plum'])
    copy.close()
    const copied: number[] = []
    const fresh = new Database(':memory:')
    migrate(fresh, [first, second], (from) => copied.push(from))
    migrate(db, [first, second], (from) => copied.push(from))
    expect(copied).toEqual([])
    for (const one of [fresh, db]) one.close()
  })

  it('does not start when the copy could not be made', () => {
    const { db } = fruitFile()
    const refuse = () => {
      throw new Error('disk full')
    }
    expect(() => migrate(db, [first, second], refuse)).toThrow('disk full')
    expect(versionOf(db)).toBe(10)
    db.close()
  })

  it('refuses numbers that do not rise', () => {
    const { db } = fruitFile()
    expect(() => migrate(db, [second, first])).toThrow(expect.objectContaining({ kind: 'bug' }))
    db.close()
  })

  it('refuses a file from a newer Forager by name, without touching it', () => {
    const location = tempProfile()
    openOutbox(location).close()
    const path = outboxPath(location.folder)
    const request = { file: 'outbox', path, keyHex: testKey, synchronous: 'FULL' } as const
    const db = openDatabase({ ...request, newestVersion: 99 })
    db.pragma('user_version = 90')
    db.pragma('journal_mode = DELETE')
    db.close()
    expect(() => openOutbox(location)).toThrow(
      expect.objectContaining({ kind: 'newer-file', next: expect.stringContaining('newest') as string }),
    )
    const after = openDatabase({ ...request, newestVersion: 99, readonly: true })
    expect(after.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(versionOf(after)).toBe(90)
    after.close()
    expect(() => migrate(after, outboxMigrations)).toThrow()
  })
})
