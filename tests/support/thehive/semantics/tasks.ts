import { badRequest } from '../state/errors.ts'
import type { Attachment, Case, Log, Task, TaskOutline } from '../state/types.ts'
import { dropUndefined, noteUpdate } from './alerts.ts'
import { audit } from './audits.ts'
import { requirePermission, sha256, type Context } from './context.ts'
import type { FileInput, TaskPatch } from './drafts.ts'
import { storeFile } from './observables.ts'
import { requireAssignable } from './status-rules.ts'

export const taskStatuses = ['Waiting', 'InProgress', 'Completed', 'Cancel'] as const

function checkTaskStatus(status: string): void {
  if (!taskStatuses.some((known) => known === status))
    throw badRequest(`Task status ${status} does not exist`)
}

/** Builds and keeps a task; the caller puts it into its case. */
export function buildTask(context: Context, parent: Case, outline: TaskOutline): Task {
  const { title, group, description, mandatory = false, status = 'Waiting' } = outline
  checkTaskStatus(status)
  const { flag = false, assignee, order = parent.tasks.length, startDate, endDate, dueDate } = outline
  return context.state.keep<Task>({
    ...context.state.stamps(context.actor.user.login),
    kind: 'task',
    parent,
    ...{ title, group, description, mandatory, status, flag, assignee, order, startDate, endDate, dueDate },
    logs: [],
  })
}

/** Does not stamp the case. */
export function addTask(context: Context, parent: Case, outline: TaskOutline): Task {
  requirePermission(context, 'manageTask')
  if (outline.assignee !== undefined) requireAssignable(context, outline.assignee)
  const task = buildTask(context, parent, outline)
  parent.tasks.push(task)
  audit(context, 'create', task, { details: { title: task.title } })
  context.effect(`task ${parent.id} ${task.title}`)
  return task
}

export function checkTaskPatch(context: Context, patch: TaskPatch): void {
  requirePermission(context, 'manageTask')
  if (patch.status !== undefined) checkTaskStatus(patch.status)
  if (typeof patch.assignee === 'string') requireAssignable(context, patch.assignee)
}

/** Starting dates the task and, where nobody has it, gives it to the actor; ending dates its end. */
export function updateTask(context: Context, task: Task, patch: TaskPatch): void {
  checkTaskPatch(context, patch)
  const at = context.state.clock.now()
  if (patch.status !== undefined && patch.status !== task.status) {
    if (patch.status === 'InProgress') {
      task.startDate ??= at
      if (patch.assignee === undefined) task.assignee ??= context.actor.user.login
    }
    if (patch.status === 'Completed' || patch.status === 'Cancel') task.endDate = at
  }
  for (const [key, value] of Object.entries(dropUndefined(patch))) {
    Object.assign(task, { [key]: value ?? undefined })
  }
  stamp(context, task, at)
  audit(context, 'update', task, { details: dropUndefined(patch) })
  noteUpdate(context, task.id, patch)
}

/** What closing its case does to a task. */
export function closeTask(context: Context, task: Task, at: number): void {
  if (task.status === 'Completed' || task.status === 'Cancel') return
  task.status = task.status === 'InProgress' ? 'Completed' : 'Cancel'
  task.endDate = at
  stamp(context, task, at)
  audit(context, 'update', task, { details: { status: task.status } })
}

export function deleteTask(context: Context, task: Task): void {
  requirePermission(context, 'manageTask')
  audit(context, 'delete', task, { details: { title: task.title } })
  task.parent.tasks.splice(task.parent.tasks.indexOf(task), 1)
  for (const log of task.logs) context.state.forget(log)
  context.state.forget(task)
  context.effect(`delete task ${task.id}`)
}

type LogDraft = { message: string; date?: number | undefined; includeInTimeline?: number | undefined }

/** A task that waits starts with its first entry. */
export function addLog(
  context: Context,
  parent: Task,
  draft: LogDraft & { files: readonly FileInput[] },
): Log {
  requirePermission(context, 'manageTask')
  const at = context.state.clock.now()
  if (parent.status === 'Waiting') updateTask(context, parent, { status: 'InProgress' })
  const log = context.state.keep<Log>({
    ...context.state.stamps(context.actor.user.login, at),
    kind: 'log',
    parent,
    message: draft.message,
    date: draft.date ?? at,
    includeInTimeline: draft.includeInTimeline,
    attachments: draft.files.map((file) => storeFile(context, file, at)),
  })
  parent.logs.push(log)
  audit(context, 'create', log)
  context.effect(`log ${parent.id}: sha256:${sha256(log.message)}`)
  return log
}

export function updateLog(context: Context, log: Log, patch: Partial<Omit<LogDraft, 'date'>>): void {
  requirePermission(context, 'manageTask')
  Object.assign(log, dropUndefined(patch))
  stamp(context, log, context.state.clock.now())
  audit(context, 'update', log, { details: dropUndefined(patch) })
  noteUpdate(context, log.id, patch)
}

export function deleteLog(context: Context, log: Log): void {
  requirePermission(context, 'manageTask')
  audit(context, 'delete', log)
  log.parent.logs.splice(log.parent.logs.indexOf(log), 1)
  context.state.forget(log)
  context.effect(`delete log ${log.id}`)
}

export function attachToLog(context: Context, log: Log, files: readonly FileInput[]): void {
  requirePermission(context, 'manageTask')
  if (files.length === 0) throw badRequest('No attachment in the request')
  for (const file of files) {
    log.attachments.push(storeFile(context, file, context.state.clock.now()))
    context.effect(`attachment ${log.id} sha256:${file.blob.sha256}`)
  }
  log.revision++
}

export function detachFromLog(context: Context, log: Log, attachment: Attachment): void {
  requirePermission(context, 'manageTask')
  log.attachments.splice(log.attachments.indexOf(attachment), 1)
  log.revision++
  context.state.forget(attachment)
  context.effect(`delete attachment ${attachment.id}`)
}

function stamp(context: Context, record: Task | Log, at: number): void {
  record.updatedAt = at
  record.updatedBy = context.actor.user.login
  record.revision++
}
