import { places } from '../migrations/outbox/020-places.ts'
import { versionOf } from '../migrations/runner.ts'
import type { Connection } from '../open-database.ts'
import { withStoreErrors, isCorrupt } from '../sql-errors.ts'
import type { CarvedRow } from './carve.ts'
import { withDoubt } from './doubt.ts'
import type { Origin } from './doubt.ts'
import { openOperation } from './operation-table.ts'

const tables = {
  operation: ['seq', 'id', 'state', 'sent_at', 'body', 'checksum', 'place'],
  id_map: ['seq', 'id', 'body', 'checksum'],
  specimen: ['seq', 'id', 'body', 'checksum'],
  fact: ['seq', 'id', 'body', 'checksum'],
} as const
type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

type Row = {
  /** null: the next one. */
  seq: number | null
  id: string
  body: string
  checksum: string
  state?: string
  sent_at?: number | null
  place?: number | null
}

/** `damaged` is absent when not even its first page could be read; `carved` is what its pages hold, whatever leads to them. */
type Source = {
  damaged: Connection | undefined
  backup: Connection | undefined
  carved: readonly CarvedRow[]
}

/**
 * Copies what can be read of a damaged outbox into a fresh one, row by row by key, because one broken page ends any scan. A row that SQLite
 * cannot reach is looked for in the file's single pages, then in the backup. Answers how many came from nowhere.
 */
export function salvage(source: Source, target: Connection): number {
  let lost = 0
  target.transaction(() => {
    for (const table of tableNames) lost += salvageTable(table, source, target)
  })()
  return lost
}

function salvageTable(table: TableName, { damaged, backup, carved }: Source, target: Connection): number {
  const write = insertInto(target, table)
  const [ofDamaged, ofBackup] = [reader(damaged, table), reader(backup, table)]
  const pieces = new Map(carved.filter((row) => row.table === table).map((row) => [row.seq, row]))
  const last = Math.max(lastSeq(damaged, table), lastSeq(backup, table), ...pieces.keys())
  let lost = 0
  for (let seq = 1; seq <= last; seq++) {
    const row = ofDamaged(seq)
    if (row !== 'unreadable') {
      if (row !== undefined) write(row)
      continue
    }
    const piece = pieces.get(seq)
    const saved = piece === undefined ? ofBackup(seq) : undefined
    if (piece !== undefined) write(doubted(table, operationRow(piece), 'found it in the damaged file'))
    else if (saved !== undefined && saved !== 'unreadable')
      write(doubted(table, saved, 'took it from the last backup'))
    // Without the damaged file nobody knows more than the backup: its gaps are rows that were taken back.
    else if (damaged !== undefined) lost++
  }
  return lost
}

/** Adds rows that were found in single pages and that the outbox does not have, as its newest: their keys may be another row's by now. */
export function addCarved(db: Connection, carved: readonly CarvedRow[]): void {
  for (const row of carved.toSorted((one, other) => one.seq - other.seq)) {
    const table = tableNames.find((name) => name === row.table)
    if (table === undefined) continue
    const known = db.prepare<[string]>(`SELECT 1 FROM ${table} WHERE id = ?`).get(row.id)
    if (known === undefined)
      insertInto(
        db,
        table,
      )({ ...doubted(table, operationRow(row), 'found it in the damaged file'), seq: null })
  }
}

/** A row whose key or id is taken already is left out. */
function insertInto(db: Connection, table: TableName): (row: Row) => void {
  const columns = tables[table]
  const write = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  )
  return (row) => void write.run(row)
}

function doubted(table: TableName, row: Row, origin: Origin): Row {
  return table === 'operation' ? withDoubt({ ...row, state: row.state ?? '' }, origin) : row
}

/** State and moment of sending stand in the body too. */
function operationRow({ seq, id, body, checksum, table }: CarvedRow): Row {
  const row = { seq, id, body, checksum }
  if (table !== 'operation') return row
  const { state, receipt } = JSON.parse(body) as { state: string; receipt?: { at: number } }
  const opened = openOperation({ ...row, state })
  return { ...row, state, sent_at: opened.ok ? (receipt?.at ?? null) : null, place: null }
}

type Read = (seq: number) => Row | 'unreadable' | undefined

function reader(db: Connection | undefined, table: TableName): Read {
  const select = readOr(undefined, () =>
    db?.prepare<[number], Row>(`SELECT ${columnsIn(db, table).join(', ')} FROM ${table} WHERE seq = ?`),
  )
  return (seq) => (select === undefined ? 'unreadable' : readOr('unreadable', () => select.get(seq)))
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
