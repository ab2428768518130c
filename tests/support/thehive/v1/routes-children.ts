import { json, noContent, type Reply } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { addAttachments, removeAttachment } from '../semantics/attachments.ts'
import { addComment, deleteComment, updateComment } from '../semantics/comments.ts'
import { findChild } from '../semantics/context.ts'
import { addProcedures, deleteProcedure, updateProcedure } from '../semantics/procedures.ts'
import { download } from './download.ts'
import { readFields } from './fields-reader.ts'
import { attachmentOf, parentOf } from './lookups.ts'
import { readComment, readIds, readProcedureDraft } from './read-drafts.ts'
import { serializeAttachment, serializeComment, serializeProcedure } from './serialize.ts'

const commentOf = ({ context, params }: Call) => findChild(context, 'comment', params.commentId ?? '')
const procedureOf = ({ context, params }: Call) => findChild(context, 'procedure', params.procedureId ?? '')

const parents = ['/api/v1/alert/:alertId', '/api/v1/case/:caseId']
const onParents = (method: string, suffix: string, handle: (call: Call) => Reply) =>
  parents.map((parent) => route(method, `${parent}${suffix}`, handle))

const commentRoutes: Route[] = [
  ...onParents('POST', '/comment', (call) =>
    json(201, serializeComment(addComment(call.context, parentOf(call), readComment(call.json)))),
  ),
  route('PATCH', '/api/v1/comment/:commentId', (call) => {
    updateComment(call.context, commentOf(call), readComment(call.json).message)
    return noContent
  }),
  route('DELETE', '/api/v1/comment/:commentId', (call) => {
    deleteComment(call.context, commentOf(call))
    return noContent
  }),
]

const procedureRoutes: Route[] = [
  ...onParents('POST', '/procedure', (call) => {
    const [procedure] = addProcedures(call.context, parentOf(call), [readProcedureDraft(call.json)])
    return json(201, procedure && serializeProcedure(procedure))
  }),
  ...onParents('POST', '/procedures', (call) => {
    const drafts = readFields(call.json).list('procedures').map(readProcedureDraft)
    return json(201, addProcedures(call.context, parentOf(call), drafts).map(serializeProcedure))
  }),
  route('PATCH', '/api/v1/procedure/:procedureId', (call) => {
    const procedure = procedureOf(call)
    const { patternId, occurDate } = procedure
    const draft = readProcedureDraft({ patternId, occurDate, ...readFields(call.json).raw })
    updateProcedure(call.context, procedure, draft)
    return noContent
  }),
  route('DELETE', '/api/v1/procedure/:procedureId', (call) => {
    deleteProcedure(call.context, procedureOf(call))
    return noContent
  }),
  route('POST', '/api/v1/procedure/delete/_bulk', (call) => {
    const procedures = readIds(call.json, 'ids').map((id) => findChild(call.context, 'procedure', id))
    for (const procedure of procedures) deleteProcedure(call.context, procedure)
    return noContent
  }),
]

const attachmentRoutes: Route[] = [
  ...onParents('POST', '/attachments', (call) => {
    const attachments = addAttachments(call.context, parentOf(call), call.files.get('attachments') ?? [])
    return json(201, { attachments: attachments.map(serializeAttachment) })
  }),
  ...['', '/download'].flatMap((suffix) =>
    onParents('GET', `/attachment/:attachmentId${suffix}`, (call) =>
      download(attachmentOf(parentOf(call).attachments, call.params.attachmentId), call),
    ),
  ),
  ...onParents('DELETE', '/attachment/:attachmentId', (call) => {
    const parent = parentOf(call)
    removeAttachment(call.context, parent, attachmentOf(parent.attachments, call.params.attachmentId))
    return noContent
  }),
]

export const childRoutes: Route[] = [...commentRoutes, ...procedureRoutes, ...attachmentRoutes]
