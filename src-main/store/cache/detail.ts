import type { Alert } from '#shared/model/alert.ts'
import { applyEdits } from '../../domain/child-edits.ts'
import type { ChildEdit, ChildEntity, Children } from '../../domain/child-edits.ts'
import type { Connection } from '../open-database.ts'
import type { CacheReader } from '../ports.ts'
import { parseStored } from './alert-json.ts'

type AlertRow = {
  pk: number
  body: string
  fetchedAt: number | null
  goneAt: number | null
  childrenAt: number | null
  edits: string | null
}

const alertSql = `
  SELECT a.pk, b.body, a.fetched_at AS fetchedAt, g.since AS goneAt, s.at AS childrenAt, e.edits
  FROM alert a JOIN alert_body b ON b.pk = a.pk
  LEFT JOIN gone g ON g.alert_pk = a.pk LEFT JOIN child_edit e ON e.alert_pk = a.pk
  LEFT JOIN children_seen s ON s.alert_pk = a.pk
  WHERE a.id = ?`

/** One alert and all that hangs on it, with what is pending laid over it. */
export function createDetail(db: Connection, findCase: CacheReader['case']): CacheReader['detail'] {
  const alertRow = db.prepare<[string], AlertRow>(alertSql)
  const childrenOf = <E extends ChildEntity>(entity: E) => {
    const bodies = db.prepare<[number], string>(`SELECT body FROM ${entity} WHERE alert_pk = ?`).pluck()
    return (pk: number, edits: readonly ChildEdit[]): Children[E][] => {
      const stored = bodies.all(pk).map((body) => parseStored<Children[E]>(body))
      return applyEdits(entity, inOrder(stored), edits)
    }
  }
  const observables = childrenOf('observable')
  const comments = childrenOf('comment')
  const procedures = childrenOf('procedure')
  const attachments = childrenOf('attachment')
  const read = db.transaction((id: string) => {
    const row = alertRow.get(id)
    if (row === undefined) return undefined
    const { pk, fetchedAt, goneAt, childrenAt } = row
    const alert = parseStored<Alert>(row.body)
    const edits = row.edits === null ? [] : parseStored<ChildEdit[]>(row.edits)
    const known = alert.caseId === undefined ? undefined : findCase(alert.caseId)
    return {
      alert,
      observables: observables(pk, edits),
      comments: comments(pk, edits),
      procedures: procedures(pk, edits),
      attachments: attachments(pk, edits),
      ...(known !== undefined && { case: known }),
      ...(fetchedAt !== null && { fetchedAt }),
      ...(goneAt !== null && { goneAt }),
      ...(childrenAt !== null && { childrenAt }),
    }
  })
  return (id) => read(id)
}

/** Oldest first; ids decide between equals, so that lists do not jump. */
function inOrder<T extends { id: string; createdAt: number }>(items: T[]): T[] {
  return items.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}
