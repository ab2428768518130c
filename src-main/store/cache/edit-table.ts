import type { ChildEdit } from '../../domain/child-edits.ts'
import type { Connection } from '../open-database.ts'

/** What pending decisions do to children the server has: readers lay it over them, whatever the server sends meanwhile. */
export function createEditTable(db: Connection) {
  const upsert = db.prepare<[number, string]>(
    'INSERT INTO child_edit (alert_pk, edits) VALUES (?, ?) ON CONFLICT DO UPDATE SET edits = excluded.edits',
  )
  const clear = db.prepare<[number]>('DELETE FROM child_edit WHERE alert_pk = ?')
  return {
    replace(alertPk: number, edits: readonly ChildEdit[]): void {
      if (edits.length === 0) clear.run(alertPk)
      else upsert.run(alertPk, JSON.stringify(edits))
    },
  }
}
