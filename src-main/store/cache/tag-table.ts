import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'

/** One row a tag an alert shows: what tag filters ask. */
export function createTagTable(db: Connection) {
  const insert = bulkInsert(db, {
    head: 'INSERT INTO alert_tag (alert_pk, tag)',
    width: 2,
    tail: 'ON CONFLICT DO NOTHING',
  })
  const clear = db.prepare<[number]>('DELETE FROM alert_tag WHERE alert_pk = ?')
  const insertAll = (alerts: readonly { pk: number; tags: readonly string[] }[]): void =>
    insert(alerts.flatMap(({ pk, tags }) => tags.map((tag) => [pk, tag])))
  return {
    insert: insertAll,
    replace(pk: number, tags: readonly string[]): void {
      clear.run(pk)
      insertAll([{ pk, tags }])
    },
  }
}
export type TagTable = ReturnType<typeof createTagTable>
