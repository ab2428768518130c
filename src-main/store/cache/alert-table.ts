import type { Alert } from '#shared/model/alert.ts'
import { bulkInsert } from '../bulk-insert.ts'
import type { SqlValue } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'
import { alertColumns } from './ready-rows.ts'
import type { ReadyAlert } from './ready-rows.ts'

export type StoredAlert = {
  pk: number
  id: string
  pending: 0 | 1
  gone: 0 | 1
  fetchedAt: number | null
  /** What is shown, as text. */
  body: string
  /** The server's state where something is pending on top of it; otherwise the body is the base. */
  base: string | null
}

export type AlertRecord = {
  pk: number
  /** What is shown. */
  ready: ReadyAlert
  base: string | null
  pending: boolean
  fetchedAt: number | null
}

const columns = [...alertColumns, 'pending', 'fetched_at']

const values = ({ ready, pending, fetchedAt }: AlertRecord): SqlValue[] => [
  ...ready.values,
  pending ? 1 : 0,
  fetchedAt,
]

const storedSql = `
  SELECT a.pk, a.id, a.pending, a.fetched_at AS fetchedAt, b.body, b.base,
    EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk) AS gone
  FROM alert a JOIN alert_body b ON b.pk = a.pk`

/** Rows of `alert` and `alert_body`. Keys are given out here, rise for ever and are never used twice. */
export function createAlertTable(db: Connection) {
  const byId = db.prepare<[string], StoredAlert>(`${storedSql} WHERE a.id = ?`)
  const pkById = db.prepare<[string], number>('SELECT pk FROM alert WHERE id = ?').pluck()
  const byCase = db.prepare<[string], StoredAlert>(`${storedSql} WHERE a.case_id = ?`)
  const pendingIds = db.prepare<[], string>('SELECT id FROM alert WHERE pending = 1 ORDER BY pk').pluck()
  const byKey = db
    .prepare<[string, string, string], string>(
      `SELECT id FROM alert WHERE source_ref = ? AND source = ? AND type = ? ORDER BY id LIKE 'local:%', pk LIMIT 1`,
    )
    .pluck()
  const lastPk = db.prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'alert'`).pluck()
  const insertAlerts = bulkInsert(db, {
    head: `INSERT INTO alert (pk, ${columns.join(', ')})`,
    width: columns.length + 1,
  })
  const insertBodies = bulkInsert(db, { head: 'INSERT INTO alert_body (pk, body, base)', width: 3 })
  const updateAlert = db.prepare<SqlValue[]>(
    `UPDATE alert SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE pk = ?`,
  )
  const updateBody = db.prepare<SqlValue[]>('UPDATE alert_body SET body = ?, base = ? WHERE pk = ?')
  const updateBase = db.prepare<SqlValue[]>('UPDATE alert_body SET base = ? WHERE pk = ?')
  const deleteAlert = db.prepare<[number]>('DELETE FROM alert WHERE pk = ?')

  return {
    find: (id: string) => byId.get(id),
    pkOf: (id: string) => pkById.get(id),
    ofCase: (caseId: string) => byCase.all(caseId),
    pendingIds: () => pendingIds.all(),
    idByKey: (key: Pick<Alert, 'type' | 'source' | 'sourceRef'>) =>
      byKey.get(key.sourceRef, key.source, key.type),
    lastPk: () => lastPk.get() ?? 0,
    insert(records: readonly AlertRecord[]): void {
      insertAlerts(records.map((record) => [record.pk, ...values(record)]))
      insertBodies(records.map(({ pk, ready, base }) => [pk, ready.body, base]))
    },
    update(record: AlertRecord): void {
      updateAlert.run(...values(record), record.pk)
      updateBody.run(record.ready.body, record.base, record.pk)
    },
    setBase: (pk: number, base: string) => void updateBase.run(base, pk),
    remove: (pk: number) => void deleteAlert.run(pk),
  }
}
export type AlertTable = ReturnType<typeof createAlertTable>
