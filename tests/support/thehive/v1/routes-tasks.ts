import { json, noContent, type Reply } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import {
  addLog,
  addTask,
  attachToLog,
  checkTaskPatch,
  deleteLog,
  deleteTask,
  detachFromLog,
  updateLog,
  updateTask,
} from '../semantics/tasks.ts'
import { download, inline } from './download.ts'
import { attachmentOf, caseOf, findLog, findTask } from './lookups.ts'
import { readTask, readTaskPatch } from './read-cases.ts'
import { readLog, readLogPatch } from './read-children.ts'
import { readIds } from './read-common.ts'
import { serializeLog, serializeTask } from './serialize-children.ts'

const taskOf = (call: Call) => findTask(call, call.params.taskId ?? '')
const logOf = (call: Call) => findLog(call, call.params.logId ?? '')

/** All or nothing. */
function updateMany(call: Call): Reply {
  const tasks = readIds(call.json).map((id) => findTask(call, id))
  const patch = readTaskPatch(call.json)
  checkTaskPatch(call.context, patch)
  for (const task of tasks) updateTask(call.context, task, patch)
  return noContent
}

function createLog(call: Call): Reply {
  const files = call.files.get('attachments') ?? []
  const log = addLog(call.context, taskOf(call), { ...readLog(call.json), files })
  return json(201, serializeLog(call.context.state, log))
}

const logRoutes: Route[] = [
  route('POST', '/api/v1/task/:taskId/log', createLog),
  route('PATCH', '/api/v1/log/:logId', (call) => {
    updateLog(call.context, logOf(call), readLogPatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/log/:logId', (call) => {
    deleteLog(call.context, logOf(call))
    return noContent
  }),
  route('POST', '/api/v1/log/:logId/attachments', (call) => {
    attachToLog(call.context, logOf(call), call.files.get('attachments') ?? [])
    return noContent
  }),
  route('DELETE', '/api/v1/log/:logId/attachments/:attachmentId', (call) => {
    const log = logOf(call)
    detachFromLog(call.context, log, attachmentOf(log.attachments, call.params.attachmentId))
    return noContent
  }),
  route('GET', '/api/v1/log/:logId/attachment/:attachmentId', (call) =>
    inline(attachmentOf(logOf(call).attachments, call.params.attachmentId), call),
  ),
  route('GET', '/api/v1/log/:logId/attachment/:attachmentId/download', (call) =>
    download(attachmentOf(logOf(call).attachments, call.params.attachmentId), call),
  ),
]

export const taskRoutes: Route[] = [
  route('POST', '/api/v1/case/:caseId/task', (call) =>
    json(201, serializeTask(addTask(call.context, caseOf(call), readTask(call.json)))),
  ),
  route('GET', '/api/v1/task/:taskId', (call) => json(200, serializeTask(taskOf(call)))),
  route('PATCH', '/api/v1/task/_bulk', updateMany),
  route('PATCH', '/api/v1/task/:taskId', (call) => {
    updateTask(call.context, taskOf(call), readTaskPatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/task/:taskId', (call) => {
    deleteTask(call.context, taskOf(call))
    return noContent
  }),
  ...logRoutes,
]
