import { rmSync } from 'node:fs'
import { connectCache } from '#main/store/cache/connect.ts'
import type { Connection } from '#main/store/open-database.ts'
import { cachePath } from '#main/store/profile-files.ts'
import { wholeTextSql } from '#main/store/cache/text-index.ts'
import { benchFolder } from '../bench-folder.ts'

/** Milliseconds of the parts of L, and of processor time for both. */
export type Limit = { parse: number; copy: number; total: number; cpu: number }

/**
 * L, the least this work can cost: reading the pages' JSON, and SQLite itself copying the finished tables into a file of the
 * same shape (rows, then indexes, then full text), without any of our code between.
 * @param finished folder of a filled, unencrypted cache that nobody has open
 */
export function measureLimit(bodies: readonly Uint8Array[], finished: string): Limit {
  const parse = parseAll(bodies)
  const copy = copyAll(finished)
  return { parse: parse.ms, copy: copy.ms, total: parse.ms + copy.ms, cpu: parse.cpu + copy.cpu }
}

/** JSON.parse alone; making text of the bytes is not counted. */
function parseAll(bodies: readonly Uint8Array[]): Spent {
  const decoder = new TextDecoder()
  const spent = { ms: 0, cpu: 0 }
  for (const body of bodies) {
    const text = decoder.decode(body)
    const { ms, cpu } = timed(() => JSON.parse(text))
    spent.ms += ms
    spent.cpu += cpu
  }
  return spent
}

type Spent = { ms: number; cpu: number }

function timed(work: () => unknown): Spent {
  const start = performance.now()
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return { ms: performance.now() - start, cpu: (user + system) / 1_000 }
}

function copyAll(finished: string): Spent {
  const folder = benchFolder()
  const db = connectCache({ folder, keyHex: undefined, care: 'disposable' }, { readonly: false })
  try {
    db.prepare('ATTACH ? AS finished').run(cachePath(finished))
    const { tables, indexes } = shapeOf(db)
    return timed(() => {
      for (const { sql } of tables) db.exec(sql)
      db.transaction(() => {
        for (const { name } of tables.filter((one) => !one.virtual))
          db.exec(`INSERT INTO main.${name} SELECT * FROM finished.${name}`)
      })()
      for (const sql of indexes) db.exec(sql)
      db.exec(`INSERT INTO text_index (rowid, folded) ${wholeTextSql} ORDER BY t.pk`)
    })
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function shapeOf(db: Connection) {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM finished.sqlite_schema WHERE sql IS NOT NULL
       AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_index_%' ORDER BY rowid`,
    )
    .all()
  const tables = rows
    .filter(({ type }) => type === 'table')
    .map(({ name, sql }) => ({ name, sql, virtual: sql.startsWith('CREATE VIRTUAL') }))
  return { tables, indexes: rows.filter(({ type }) => type === 'index').map(({ sql }) => sql) }
}
