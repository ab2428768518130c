import type { Connection } from '../open-database.ts'

/** When all that hangs on an alert was fetched last, one row an alert. */
export function createChildrenSeenTable(db: Connection) {
  const save = db.prepare<[number, number]>(
    'INSERT INTO children_seen (alert_pk, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at',
  )
  return { save: (pk: number, at: number) => void save.run(pk, at) }
}
