import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'

/**
 * Small children of alerts; those that pending decisions add carry `pending` = 1. Once the server's own row is there, a pending
 * one of the same id no longer replaces it.
 */
export function createChildTable<T extends { id: string }>(
  db: Connection,
  table: 'comment' | 'procedure' | 'attachment',
) {
  const upsert = bulkInsert(db, {
    head: `INSERT INTO ${table} (alert_pk, id, pending, body)`,
    width: 4,
    tail: `ON CONFLICT DO UPDATE SET pending = excluded.pending, body = excluded.body
      WHERE excluded.pending = 0 OR ${table}.pending = 1`,
  })
  const clear = db.prepare<[number, number]>(`DELETE FROM ${table} WHERE alert_pk = ? AND pending = ?`)
  const adopt = db.prepare<[number, number]>(
    `UPDATE OR IGNORE ${table} SET alert_pk = ? WHERE alert_pk = ? AND pending = 0`,
  )
  const settled = db
    .prepare<[number], string>(`SELECT body FROM ${table} WHERE alert_pk = ? AND pending = 0`)
    .pluck()
  const put = (alertPk: number, children: readonly T[], pending: 0 | 1): void =>
    upsert(children.map((child) => [alertPk, child.id, pending, JSON.stringify(child)]))

  return {
    put,
    replace(alertPk: number, children: readonly T[], pending: 0 | 1): void {
      clear.run(alertPk, pending)
      put(alertPk, children, pending)
    },
    /** Those that are not pending, as text. */
    settled: (alertPk: number) => settled.all(alertPk),
    move: (fromPk: number, toPk: number) => void adopt.run(toPk, fromPk),
  }
}
