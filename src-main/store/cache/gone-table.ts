import type { Connection } from '../open-database.ts'

/** Alerts the server no longer shows: gone or hidden. Our copy stays; the mark goes when the alert comes again. */
export function createGoneTable(db: Connection) {
  const mark = db.prepare<[number, number]>('INSERT OR IGNORE INTO gone (alert_pk, since) VALUES (?, ?)')
  const any = db.prepare<[], number>('SELECT 1 FROM gone LIMIT 1').pluck()
  const among = db
    .prepare<[string], string>(
      `SELECT a.id FROM json_each(?) j CROSS JOIN alert a ON a.id = j.value
       WHERE EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk)`,
    )
    .pluck()
  const clear = db.prepare<[number]>('DELETE FROM gone WHERE alert_pk = ?')
  return {
    mark: (alertPk: number, at: number) => void mark.run(alertPk, at),
    clear: (alertPk: number) => void clear.run(alertPk),
    /** Of these alerts those that are marked. */
    among: (alertIds: readonly string[]): string[] =>
      any.get() === undefined ? [] : [...new Set(among.all(JSON.stringify(alertIds)))],
  }
}
