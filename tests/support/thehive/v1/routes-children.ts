import { json, noContent, type Reply } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import { addAttachments, removeAttachment, setExternal, type Upload } from '../semantics/attachments.ts'
import { addComment, deleteComment, updateComment } from '../semantics/comments.ts'
import { findChild } from '../semantics/context.ts'
import { addProcedures, deleteProcedure, updateProcedure } from '../semantics/procedures.ts'
import type { Attachment } from '../state/types.ts'
import { download, inline } from './download.ts'
import { readFields } from './fields-reader.ts'
import { attachmentOf, parentOf } from './lookups.ts'
import { readComment, readProcedureDraft, readProcedurePatch } from './read-children.ts'
import { readIds } from './read-common.ts'
import { serializeAttachment, serializeComment, serializeProcedure } from './serialize-children.ts'

const commentOf = ({ context, params }: Call) => findChild(context, 'comment', params.commentId ?? '')
const procedureOf = ({ context, params }: Call) => findChild(context, 'procedure', params.procedureId ?? '')

const alertPath = '/api/v1/alert/:alertId'
const casePath = '/api/v1/case/:caseId'
const onParents = (method: string, suffix: string, handle: Route['handle']) =>
  [alertPath, casePath].map((parent) => route(method, `${parent}${suffix}`, handle))

const commentRoutes: Route[] = [
  ...onParents('POST', '/comment', (call) => {
    const comment = addComment(call.context, parentOf(call), readComment(call.json))
    return json(201, serializeComment(call.context.state, comment))
  }),
  route('PATCH', '/api/v1/comment/:commentId', (call) => {
    updateComment(call.context, commentOf(call), readComment(call.json).message)
    return noContent
  }),
  route('DELETE', '/api/v1/comment/:commentId', (call) => {
    deleteComment(call.context, commentOf(call))
    return noContent
  }),
]

function addSeveral(call: Call): Reply {
  const drafts = readFields(call.json).list('procedures').map(readProcedureDraft)
  return json(201, addProcedures(call.context, parentOf(call), drafts).map(serializeProcedure))
}

const procedureRoutes: Route[] = [
  ...onParents('POST', '/procedure', (call) => {
    const [procedure] = addProcedures(call.context, parentOf(call), [readProcedureDraft(call.json)])
    return json(201, procedure && serializeProcedure(procedure))
  }),
  ...since('5.1.0', onParents('POST', '/procedures', addSeveral)),
  route('PATCH', '/api/v1/procedure/:procedureId', (call) => {
    updateProcedure(call.context, procedureOf(call), readProcedurePatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/procedure/:procedureId', (call) => {
    deleteProcedure(call.context, procedureOf(call))
    return noContent
  }),
  ...since('5.2.2', [
    route('POST', '/api/v1/procedure/delete/_bulk', (call) => {
      const procedures = readIds(call.json).map((id) => findChild(call.context, 'procedure', id))
      for (const procedure of new Set(procedures)) deleteProcedure(call.context, procedure)
      return noContent
    }),
  ]),
]

/** The parts named `attachments`; `canRename` comes as text, `True` from Python. */
export const uploadOf = ({ files, texts }: Call): Upload => ({
  files: files.get('attachments') ?? [],
  mayRename: texts.get('canRename')?.toLowerCase() === 'true',
})

export const attachmentsReply = (call: Call, attachments: readonly Attachment[]): Reply =>
  json(201, {
    attachments: attachments.map((attachment) => serializeAttachment(call.context.state, attachment)),
  })

const heldAttachment = (call: Call): Attachment =>
  attachmentOf(parentOf(call).attachments, call.params.attachmentId)

const attachmentRoutes = (parent: string): Route[] => [
  route('POST', `${parent}/attachments`, (call) =>
    attachmentsReply(call, addAttachments(call.context, parentOf(call), uploadOf(call))),
  ),
  route('GET', `${parent}/attachment/:attachmentId`, (call) => inline(heldAttachment(call), call)),
  route('GET', `${parent}/attachment/:attachmentId/download`, (call) => download(heldAttachment(call), call)),
  route('DELETE', `${parent}/attachment/:attachmentId`, (call) => {
    removeAttachment(call.context, parentOf(call), heldAttachment(call))
    return noContent
  }),
]

function updateCaseAttachment(call: Call): Reply {
  const external = readFields(call.json).boolean('external')
  const attachment = heldAttachment(call)
  if (external !== undefined) setExternal(call.context, parentOf(call), { attachment, external })
  return noContent
}

export const childRoutes: Route[] = [
  ...commentRoutes,
  ...procedureRoutes,
  ...since('5.2.11', attachmentRoutes(alertPath)),
  ...attachmentRoutes(casePath),
  ...since('5.6.0', [route('PATCH', `${casePath}/attachment/:attachmentId`, updateCaseAttachment)]),
]
