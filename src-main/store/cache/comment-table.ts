import type { Comment } from '#shared/model/comment.ts'
import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'

/** Comments of alerts; those that pending decisions add carry `pending` = 1. */
export function createCommentTable(db: Connection) {
  const upsert = bulkInsert(db, {
    head: 'INSERT INTO comment (alert_pk, id, pending, body)',
    width: 4,
    tail: 'ON CONFLICT DO UPDATE SET pending = excluded.pending, body = excluded.body',
  })
  const clear = db.prepare<[number, number]>('DELETE FROM comment WHERE alert_pk = ? AND pending = ?')
  const adopt = db.prepare<[number, number]>(
    'UPDATE OR IGNORE comment SET alert_pk = ? WHERE alert_pk = ? AND pending = 0',
  )
  const put = (alertPk: number, comments: readonly Comment[], pending: 0 | 1): void =>
    upsert(comments.map((comment) => [alertPk, comment.id, pending, JSON.stringify(comment)]))

  return {
    put,
    replace(alertPk: number, comments: readonly Comment[], pending: 0 | 1): void {
      clear.run(alertPk, pending)
      put(alertPk, comments, pending)
    },
    move: (fromPk: number, toPk: number) => void adopt.run(toPk, fromPk),
  }
}
export type CommentTable = ReturnType<typeof createCommentTable>
