import type { Observable } from '#shared/model/observable.ts'
import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'
import { readyObservable } from './ready-rows.ts'
import type { ReadyObservable } from './ready-rows.ts'

export type ObservableRecord = { alertPk: number; observable: Observable }
type ObservableRow = ReadyObservable & { alertPk: number }

/** What the server has (`pending` = 0) and what pending decisions add (`pending` = 1), kept apart by that mark. */
export function createObservableTable(db: Connection) {
  const upsert = bulkInsert(db, {
    head: 'INSERT INTO observable (alert_pk, id, pending, folded, body)',
    width: 5,
    tail: `ON CONFLICT DO UPDATE SET pending = excluded.pending, folded = excluded.folded, body = excluded.body
      WHERE excluded.pending = 0 OR observable.pending = 1`,
  })
  const bodies = db
    .prepare<[number], [string, string]>('SELECT id, body FROM observable WHERE alert_pk = ? AND pending = 0')
    .raw()
  const clear = db.prepare<[number, number]>('DELETE FROM observable WHERE alert_pk = ? AND pending = ?')
  const adopt = db.prepare<[number, number]>(
    'UPDATE OR IGNORE observable SET alert_pk = ? WHERE alert_pk = ? AND pending = 0',
  )
  const putRows = (rows: readonly ObservableRow[], pending: 0 | 1): void =>
    upsert(rows.map(({ alertPk, id, folded, body }) => [alertPk, id, pending, folded, body]))
  const put = (records: readonly ObservableRecord[], pending: 0 | 1): void =>
    putRows(
      records.map(({ alertPk, observable }) => ({ ...readyObservable(observable), alertPk })),
      pending,
    )

  return {
    put,
    putRows,
    /** What the server has of one alert, as text by id. */
    bodiesOf: (alertPk: number): ReadonlyMap<string, string> => new Map(bodies.all(alertPk)),
    /** The same, as observables. */
    settled: (alertPk: number) => bodies.all(alertPk).map(([, body]) => parseStored<Observable>(body)),
    /** Answers whether a row went or came. */
    replace(alertPk: number, observables: readonly Observable[], pending: 0 | 1): boolean {
      const gone = clear.run(alertPk, pending).changes
      put(
        observables.map((observable) => ({ alertPk, observable })),
        pending,
      )
      return gone > 0 || observables.length > 0
    },
    /** The server's observables of one row become those of another. */
    move: (fromPk: number, toPk: number) => void adopt.run(toPk, fromPk),
  }
}
export type ObservableTable = ReturnType<typeof createObservableTable>
