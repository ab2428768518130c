import type { Observable } from '#shared/model/observable.ts'
import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'
import { observableText } from './text-index.ts'

export type ObservableRecord = { alertPk: number; observable: Observable }

/** What the server has (`pending` = 0) and what pending decisions add (`pending` = 1), kept apart by that mark. */
export function createObservableTable(db: Connection) {
  const upsert = bulkInsert(db, {
    head: 'INSERT INTO observable (alert_pk, id, pending, folded, body)',
    width: 5,
    tail: 'ON CONFLICT DO UPDATE SET pending = excluded.pending, folded = excluded.folded, body = excluded.body',
  })
  const bodyOf = db
    .prepare<[number, string], string>('SELECT body FROM observable WHERE alert_pk = ? AND id = ?')
    .pluck()
  const settled = db
    .prepare<[number], string>('SELECT body FROM observable WHERE alert_pk = ? AND pending = 0')
    .pluck()
  const clear = db.prepare<[number, number]>('DELETE FROM observable WHERE alert_pk = ? AND pending = ?')
  const adopt = db.prepare<[number, number]>(
    'UPDATE OR IGNORE observable SET alert_pk = ? WHERE alert_pk = ? AND pending = 0',
  )
  const put = (records: readonly ObservableRecord[], pending: 0 | 1): void =>
    upsert(
      records.map(({ alertPk, observable }) => [
        alertPk,
        observable.id,
        pending,
        observableText(observable),
        JSON.stringify(observable),
      ]),
    )

  return {
    put,
    /** True when exactly this is already stored. */
    has: ({ alertPk, observable }: ObservableRecord) =>
      bodyOf.get(alertPk, observable.id) === JSON.stringify(observable),
    /** Those that are not pending. */
    settled: (alertPk: number) => settled.all(alertPk).map((body) => parseStored<Observable>(body)),
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
