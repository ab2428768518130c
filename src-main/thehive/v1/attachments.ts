import type { AlertAttachment } from '#shared/model/observable.ts'
import { orAbsent } from '../absence.ts'
import { parseJson, unexpectedShape } from '../answer-json.ts'
import { readOne, readRows, segment } from '../api.ts'
import type { Api } from '../api.ts'
import { multipartForm } from '../multipart.ts'
import type { Download, Upload } from '../port.ts'
import { atLeast } from '../server-version.ts'
import { streamDownload } from '../stream-download.ts'
import * as wire from '../wire-fields.ts'
import { lackedBy, requireAbility } from './abilities.ts'
import { alertPath } from './alerts.ts'
import { partsOfAlert } from './queries.ts'
import { readAttachment } from './read-observable.ts'
import { queryList } from './run-query.ts'

/** @throws WireProblem naming the first field that is not as promised */
function readAlertAttachment(value: unknown): AlertAttachment {
  const row = wire.asRow(value, 'attachment')
  return {
    ...readAttachment(value),
    id: wire.id(row),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
  }
}

/** Oldest first; none where the version knows none. */
export async function listAttachments(
  api: Api,
  alertId: string,
  signal: AbortSignal,
): Promise<AlertAttachment[]> {
  if (lackedBy(api.version).attachment !== undefined) return []
  const steps = partsOfAlert(alertId, 'attachments')
  const question = { label: 'alert-attachments', steps, read: readAlertAttachment }
  const attachments = await queryList(api, question, signal)
  return attachments.sort((a, b) => a.createdAt - b.createdAt)
}

/** Streams the file. The server may add a number to a name that is taken. */
export async function addAttachment(
  api: Api,
  alertId: string,
  file: Upload,
  signal: AbortSignal,
): Promise<AlertAttachment> {
  requireAbility(api.version, 'attachment')
  const stream = multipartForm({ fields: { canRename: 'true' }, files: [{ part: 'attachments', file }] })
  try {
    const path = alertPath(alertId, '/attachments')
    const answer = await api.http.send({ method: 'POST', path, stream }, signal)
    const parsed = parseJson(answer.body, api.http.host)
    const list = readOne(api, parsed, (value) => wire.asRow(value, 'answer')['attachments'])
    const [added] = readRows(api, list, readAlertAttachment)
    if (added === undefined) throw unexpectedShape(`${api.http.host} named no attachment it added.`)
    return added
  } catch (thrown) {
    throw stream.failure() ?? thrown
  } finally {
    stream.body.destroy()
  }
}

/** Since 5.4.6 a file has an address of its own; the one below its alert is deprecated (api.md §3.11). */
export async function downloadAttachment(
  api: Api,
  { alertId, attachment }: { alertId: string; attachment: AlertAttachment },
  signal: AbortSignal,
): Promise<Download> {
  requireAbility(api.version, 'downloadAttachment')
  const below = `/attachment/${segment(attachment.id)}/download`
  const path = atLeast(api.version, '5.4.6') ? `/api/v1${below}` : alertPath(alertId, below)
  return streamDownload(api, { path, attachment, as: 'file' }, signal)
}

/** Gone already counts as done. */
export async function deleteAttachment(
  api: Api,
  { alertId, id }: { alertId: string; id: string },
  signal: AbortSignal,
): Promise<void> {
  requireAbility(api.version, 'attachment')
  const path = alertPath(alertId, `/attachment/${segment(id)}`)
  await orAbsent(() => api.http.send({ method: 'DELETE', path }, signal))
}
