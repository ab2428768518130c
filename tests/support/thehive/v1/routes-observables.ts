import { json, noContent, type Reply } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { findChild, requirePermission } from '../semantics/context.ts'
import { addObservables, deleteObservable, updateObservable, type Failure } from '../semantics/observables.ts'
import { badRequest } from '../state/errors.ts'
import { download } from './download.ts'
import { readFields } from './fields-reader.ts'
import { attachmentOf, fileSourceOf, parentOf } from './lookups.ts'
import { readIds } from './read-drafts.ts'
import { readObservableDraft, readObservablePatch } from './read-observables.ts'
import { serializeObservable } from './serialize.ts'

const observableOf = ({ context, params }: Call) =>
  findChild(context, 'observable', params.observableId ?? '')

/** JSON, or multipart with `_json` and repeated `attachment` parts; without `_json` the files are of type `file`. */
function add(call: Call): Reply {
  const parent = parentOf(call)
  const dataType = call.query.get('dataType') ?? undefined
  const body = call.json ?? (call.files.size > 0 ? { dataType: dataType ?? 'file' } : undefined)
  const fields = readFields(body).raw
  const given = dataType === undefined || fields.dataType !== undefined ? fields : { ...fields, dataType }
  const parts = call.files.get('attachment') ?? []
  const draft = readObservableDraft(given, fileSourceOf(call))
  const fromParts = given.attachment === undefined ? parts : []
  const added = addObservables(call.context, parent, [{ ...draft, files: [...draft.files, ...fromParts] }])
  const success = added.success.map(serializeObservable)
  if (added.failure.length === 0) return json(201, success)
  return json(207, { success, failure: added.failure.map(describe) })
}

/** A refused item in TheHive 4's shape [inferred for 5]. */
function describe({ error, object }: Failure) {
  const { data, attachment } = object
  const hashes = attachment && [attachment.blob.sha256, attachment.blob.sha1, attachment.blob.md5]
  const shown = attachment
    ? {
        attachment: {
          name: attachment.name,
          contentType: attachment.contentType,
          size: attachment.blob.size,
          hashes,
        },
      }
    : { data }
  return { type: error.type, message: error.message, object: shown }
}

function updateMany(call: Call): Reply {
  requirePermission(call.context, 'manageObservable')
  if (!Array.isArray(readFields(call.json).raw.ids)) throw badRequest('Field ids is required')
  const observables = readIds(call.json, 'ids').map((id) => findChild(call.context, 'observable', id))
  const patch = readObservablePatch(call.json)
  for (const observable of observables) updateObservable(call.context, observable, patch)
  return noContent
}

export const observableRoutes: Route[] = [
  route('POST', '/api/v1/alert/:alertId/observable', add),
  route('POST', '/api/v1/case/:caseId/observable', add),
  route('GET', '/api/v1/observable/:observableId', (call) =>
    json(200, serializeObservable(observableOf(call))),
  ),
  route('PATCH', '/api/v1/observable/_bulk', updateMany),
  route('PATCH', '/api/v1/observable/:observableId', (call) => {
    updateObservable(call.context, observableOf(call), readObservablePatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/observable/:observableId', (call) => {
    deleteObservable(call.context, observableOf(call))
    return noContent
  }),
  ...['', '/download'].map((suffix) =>
    route('GET', `/api/v1/observable/:observableId/attachment/:attachmentId${suffix}`, (call) => {
      const { attachment } = observableOf(call)
      return download(attachmentOf(attachment ? [attachment] : [], call.params.attachmentId), call)
    }),
  ),
]
