import type { Operation } from '#shared/model/operation.ts'
import { places } from '../migrations/outbox/020-places.ts'
import { versionOf } from '../migrations/runner.ts'
import type { Connection } from '../open-database.ts'
import { withStoreErrors, isCorrupt } from '../sql-errors.ts'
import { openOperation } from './operation-table.ts'
import { seal } from './sealed-row.ts'

const tables = {
  operation: ['seq', 'id', 'state', 'sent_at', 'body', 'checksum', 'place'],
  id_map: ['seq', 'id', 'body', 'checksum'],
  specimen: ['seq', 'id', 'body', 'checksum'],
  fact: ['seq', 'id', 'body', 'checksum'],
} as const
type TableName = keyof typeof tables
const tableNames = Object.keys(tables) as TableName[]

type Row = {
  seq: number
  id: string
  body: string
  checksum: string
  state?: string
  sent_at?: number | null
  place?: number | null
}

/** `damaged` is absent when not even its first page could be read. */
type Source = { damaged: Connection | undefined; backup: Connection | undefined }

/**
 * Copies what can be read of a damaged outbox into a fresh one, row by row by key, because one broken page ends any scan.
 * A row that cannot be read comes from the backup where it is there. Answers how many came from nowhere.
 */
export function salvage(source: Source, target: Connection): number {
  let lost = 0
  target.transaction(() => {
    for (const table of tableNames) lost += salvageTable(table, source, target)
  })()
  return lost
}

function salvageTable(table: TableName, { damaged, backup }: Source, target: Connection): number {
  const columns = tables[table]
  const write = target.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  )
  const last = Math.max(lastSeq(damaged, table), lastSeq(backup, table))
  let lost = 0
  for (let seq = 1; seq <= last; seq++) {
    const row = readRow(damaged, table, seq)
    if (row !== 'unreadable') {
      if (row !== undefined) write.run(row)
      continue
    }
    const saved = readRow(backup, table, seq)
    // Without the damaged file nobody knows more than the backup: its gaps are rows that were taken back.
    if (saved === 'unreadable') lost++
    else if (saved === undefined) lost += damaged === undefined ? 0 : 1
    else write.run(table === 'operation' ? withDoubt(saved) : saved)
  }
  return lost
}

function readRow(db: Connection | undefined, table: TableName, seq: number): Row | 'unreadable' | undefined {
  if (db === undefined) return 'unreadable'
  const select = `SELECT ${columnsIn(db, table).join(', ')} FROM ${table} WHERE seq = ?`
  return readOr('unreadable', () => db.prepare<[number], Row>(select).get(seq))
}

/** Either file may be of an earlier version, which knew no places. */
function columnsIn(db: Connection, table: TableName): string[] {
  const placed = readOr(true, () => versionOf(db) >= places.version)
  return tables[table].map((name) => (name === 'place' && !placed ? 'NULL AS place' : name))
}

/** The highest key ever given: from SQLite's own note, else from whatever the table still answers. */
function lastSeq(db: Connection | undefined, table: TableName): number {
  if (db === undefined) return 0
  const noted = readOr(undefined, () =>
    db.prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table),
  )
  const found = readOr(undefined, () =>
    db.prepare<[], number | null>(`SELECT max(seq) FROM ${table}`).pluck().get(),
  )
  return Math.max(noted ?? 0, found ?? 0)
}

/** Damage is the expected answer here; a full or failing disk is not and ends the salvage. */
function readOr<T, F>(fallback: F, read: () => T): T | F {
  try {
    return withStoreErrors('outbox', read)
  } catch (thrown) {
    if (isCorrupt(thrown)) return fallback
    throw thrown
  }
}

/** A backup is older: what was waiting then may have been sent since, and only the analyst can say. */
function withDoubt(row: Row): Row {
  const opened = openOperation({ ...row, state: row.state ?? '' })
  if (!opened.ok || opened.value.state === 'sent') return row
  const doubtful: Operation = {
    ...opened.value,
    state: 'cannot-tell',
    mustVerify: true,
    lastError: {
      kind: 'corrupt',
      message: 'The stored decision was damaged.',
      did: 'Forager took it from the last backup.',
      next: 'Look at the alert on the server: if the decision took hold there, drop it; otherwise send it again.',
    },
  }
  return { ...row, ...seal('operation', row.id, doubtful), state: 'cannot-tell' }
}
