import type { Connection } from '../open-database.ts'

/** Alerts the server no longer shows: gone or hidden. Our copy stays; the mark goes when the alert comes again. */
export function createGoneTable(db: Connection) {
  const mark = db.prepare<[number, string]>(
    'INSERT OR IGNORE INTO gone (alert_pk, since) SELECT pk, ? FROM alert WHERE id = ?',
  )
  const any = db.prepare<[], number>('SELECT 1 FROM gone LIMIT 1').pluck()
  const clear = db.prepare<[string]>('DELETE FROM gone WHERE alert_pk = (SELECT pk FROM alert WHERE id = ?)')
  return {
    mark: (alertIds: readonly string[], at: number) => alertIds.forEach((id) => void mark.run(at, id)),
    clear(alertIds: readonly string[]): void {
      if (any.get() !== undefined) for (const id of alertIds) clear.run(id)
    },
  }
}
