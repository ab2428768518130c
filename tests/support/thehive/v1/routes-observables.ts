import { json, noContent, type Reply } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import { findChild, requirePermission } from '../semantics/context.ts'
import {
  addObservables,
  checkObservablePatch,
  deleteObservable,
  updateObservable,
  type Failure,
} from '../semantics/observables.ts'
import { sharedObservables } from '../semantics/similarity.ts'
import type { Attachment } from '../state/types.ts'
import { download, inline } from './download.ts'
import { readFields } from './fields-reader.ts'
import { attachmentOf, fileSourceOf, otherOf, parentOf } from './lookups.ts'
import { readIds } from './read-common.ts'
import { readObservableDraft, readObservablePatch } from './read-observables.ts'
import { serializeObservable } from './serialize-children.ts'

const observableOf = ({ context, params }: Call) =>
  findChild(context, 'observable', params.observableId ?? '')

/** JSON, or multipart with `_json` and repeated `attachment` parts; without `_json` the files are of type `file`. */
export function addObservable(call: Call): Reply {
  const { state } = call.context
  requirePermission(call.context, 'manageObservable')
  const parent = parentOf(call)
  const dataType = call.query.get('dataType') ?? undefined
  const body = call.json ?? (call.files.size > 0 ? { dataType: dataType ?? 'file' } : undefined)
  const fields = readFields(body).raw
  const given = dataType === undefined || fields.dataType !== undefined ? fields : { ...fields, dataType }
  const draft = readObservableDraft(given, fileSourceOf(call), call.files.get('attachment'))
  const added = addObservables(call.context, parent, [draft])
  const success = added.success.map((observable) => serializeObservable(state, observable))
  if (added.failure.length === 0) return json(201, success)
  return json(207, { success, failure: added.failure.map(describe) })
}

/** A refused item in TheHive 4's shape [inferred for 5]. */
export function describe({ error, object }: Failure) {
  const { data, attachment } = object
  const hashes = attachment && [attachment.blob.sha256, attachment.blob.sha1, attachment.blob.md5]
  const shown = attachment && {
    name: attachment.name,
    contentType: attachment.contentType,
    size: attachment.blob.size,
    hashes,
  }
  return { type: error.type, message: error.message, object: shown ? { attachment: shown } : { data } }
}

/** All or nothing. */
function updateMany(call: Call): Reply {
  requirePermission(call.context, 'manageObservable')
  const observables = readIds(call.json).map((id) => findChild(call.context, 'observable', id))
  const patch = readObservablePatch(call.json, call.context.server)
  for (const observable of observables) checkObservablePatch(call.context, observable, patch)
  for (const observable of observables) updateObservable(call.context, observable, patch)
  return noContent
}

function attached(call: Call): Attachment {
  const { attachment } = observableOf(call)
  return attachmentOf(attachment ? [attachment] : [], call.params.attachmentId)
}

function shared(call: Call): Reply {
  const found = sharedObservables(parentOf(call), otherOf(call))
  return json(
    200,
    found.map((observable) => serializeObservable(call.context.state, observable)),
  )
}

const filePath = '/api/v1/observable/:observableId/attachment/:attachmentId'

export const observableRoutes: Route[] = [
  route('POST', '/api/v1/alert/:alertId/observable', addObservable),
  route('POST', '/api/v1/case/:caseId/observable', addObservable),
  route('GET', '/api/v1/observable/:observableId', (call) =>
    json(200, serializeObservable(call.context.state, observableOf(call))),
  ),
  route('PATCH', '/api/v1/observable/_bulk', updateMany),
  route('PATCH', '/api/v1/observable/:observableId', (call) => {
    const patch = readObservablePatch(call.json, call.context.server)
    updateObservable(call.context, observableOf(call), patch)
    return noContent
  }),
  route('DELETE', '/api/v1/observable/:observableId', (call) => {
    deleteObservable(call.context, observableOf(call))
    return noContent
  }),
  route('GET', filePath, (call) => inline(attached(call), call)),
  route('GET', `${filePath}/download`, (call) => download(attached(call), call, { mayZip: true })),
  ...since('5.3.2', [
    route('GET', '/api/v1/alert/:alertId/similar/:otherId/observables', shared),
    route('GET', '/api/v1/case/:caseId/similar/:otherId/observables', shared),
  ]),
]
