import type { Comment } from '#shared/model/comment.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import { alertPath } from './alerts.ts'
import { partsOfAlert } from './queries.ts'
import { queryList } from './run-query.ts'

/** Comments carry their stamps without underscores, unlike every other entity (api.md §3.11). */
export function readComment(value: unknown): Comment {
  const row = wire.asRow(value, 'comment')
  return {
    id: wire.id(row),
    message: wire.text(row, 'message'),
    createdAt: wire.number(row, 'createdAt'),
    createdBy: wire.text(row, 'createdBy'),
    edited: wire.flag(row, 'isEdited', false),
  }
}

/** Oldest first. */
export async function listComments(api: Api, alertId: string, signal: AbortSignal): Promise<Comment[]> {
  const steps = partsOfAlert(alertId, 'comments')
  const comments = await queryList(api, { label: 'alert-comments', steps, read: readComment }, signal)
  return comments.sort((a, b) => a.createdAt - b.createdAt)
}

export async function addComment(
  api: Api,
  alertId: string,
  message: string,
  signal: AbortSignal,
): Promise<Comment> {
  const path = alertPath(alertId, '/comment')
  return readOne(api, await call(api, { method: 'POST', path, json: { message } }, signal), readComment)
}

const path = (id: string): string => `/api/v1/comment/${segment(id)}`

export async function editComment(api: Api, id: string, message: string, signal: AbortSignal): Promise<void> {
  await api.http.send({ method: 'PATCH', path: path(id), json: { message } }, signal)
}

/** Gone already counts as done. */
export async function deleteComment(api: Api, id: string, signal: AbortSignal): Promise<void> {
  await orAbsent(() => api.http.send({ method: 'DELETE', path: path(id) }, signal))
}
