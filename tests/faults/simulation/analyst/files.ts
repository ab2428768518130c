import { mkdirSync, mkdtempSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectCache } from '#main/store/cache/connect.ts'
import { createCacheReader } from '#main/store/cache/reader.ts'
import { createCacheWriter } from '#main/store/cache/writer.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { openDatabase } from '#main/store/open-database.ts'
import type { Connection } from '#main/store/open-database.ts'
import { createOutboxStore } from '#main/store/outbox/store.ts'
import { backupPath, outboxPath } from '#main/store/profile-files.ts'
import type { CacheReader, CacheWriter, OutboxStore } from '#main/store/ports.ts'

/** A profile's two databases on the disk. Opening them anew is what a started process does; the connections stay. */
export type Files = {
  outbox: () => OutboxStore
  cache: () => CacheWriter
  reader: CacheReader
  /** The copy is thrown away, as after damage. */
  wipeCache: () => void
  /** As new, for the next history. */
  reset: () => void
  close: () => void
}

/** Memory-backed where the system has such a folder: a history is about what is written, not about how long a disk takes. */
const fastTmp = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export function openFiles(): Files {
  const folder = mkdtempSync(join(fastTmp, 'forager-simulation-'))
  mkdirSync(folder, { recursive: true })
  const location = { folder, keyHex: undefined, care: 'disposable' } as const
  const cacheDb = connectCache(location, { readonly: false })
  migrate(cacheDb, cacheMigrations)
  const outboxDb = openDatabase({
    ...{ file: 'outbox', path: outboxPath(folder), keyHex: undefined, synchronous: 'FULL' },
    newestVersion: newestVersion(outboxMigrations),
  })
  migrate(outboxDb, outboxMigrations)
  if (outboxDb.pragma('synchronous', { simple: true }) !== 2)
    throw new Error('An acknowledged decision would not be flushed to the disk.')
  // Nobody else opens them: locks would only be taken and given back, thousands of times a history.
  for (const db of [cacheDb, outboxDb]) db.pragma('locking_mode = EXCLUSIVE')
  const clean = [cacheDb, outboxDb].map(cleaner)
  const anew = [cacheDb, outboxDb].map(keepStatements)
  return {
    outbox: () => {
      anew[1]?.()
      return createOutboxStore(outboxDb, backupPath(outboxPath(folder)))
    },
    cache: () => {
      anew[0]?.()
      return createCacheWriter(cacheDb, () => undefined)
    },
    reader: createCacheReader(cacheDb),
    wipeCache: () => clean[0]?.(),
    reset: () => clean.forEach((one) => one()),
    close: () => {
      for (const db of [cacheDb, outboxDb]) db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A started process prepares its statements; preparing the same ones again for each start would be most of the time a history takes.
 * Answers what is called before each start: from then on the first request for a text gets its first statement, the second its second.
 */
function keepStatements(db: Connection): () => void {
  const prepare = db.prepare.bind(db) as (sql: string) => ReturnType<Connection['prepare']>
  const kept = new Map<string, ReturnType<Connection['prepare']>[]>()
  let asked = new Map<string, number>()
  const again = (sql: string) => {
    const nth = asked.get(sql) ?? 0
    asked.set(sql, nth + 1)
    const known = kept.get(sql) ?? []
    kept.set(sql, known)
    return (known[nth] ??= prepare(sql))
  }
  Object.assign(db, { prepare: again })
  return () => (asked = new Map())
}

type SchemaRow = { type: string; name: string; sql: string }

/** Answers what brings a migrated file back to its first state: no rows, and every index it was made with. */
function cleaner(db: Connection): () => void {
  const first = db
    .prepare<[], SchemaRow>(
      'SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid DESC',
    )
    .all()
  const indexes = first.filter(({ type }) => type === 'index')
  const text = first.filter(({ sql }) => sql.startsWith('CREATE VIRTUAL TABLE'))
  const isOfText = (name: string) => text.some((one) => name.startsWith(one.name))
  const tables = first.filter(({ type, name }) => type === 'table' && !isOfText(name)).map(({ name }) => name)
  const rows = tables.map((name) => db.prepare(`DELETE FROM ${name}`))
  const words = text.map(({ name }) => db.prepare(`INSERT INTO ${name} (${name}) VALUES ('delete-all')`))
  const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index'").pluck()
  return () => {
    db.transaction(() => {
      for (const statement of [...rows, ...words]) statement.run()
      const there = new Set(names.all())
      for (const { name, sql } of indexes) if (!there.has(name)) db.exec(sql)
    })()
  }
}
