import type { Case, CaseTemplate, Task, TaskOutline } from '../../state/types.ts'
import type { Context } from '../context.ts'

/** Gives the case its template's tasks and then `more`, all waiting. */
export function addTasks(
  context: Context,
  target: Case,
  template: CaseTemplate | undefined,
  more: readonly TaskOutline[] = [],
): void {
  for (const outline of [...(template?.tasks ?? []), ...more]) {
    const { title, group, description, mandatory = false } = outline
    const task: Task = {
      ...context.state.stamps(context.actor.user.login),
      kind: 'task',
      parent: target,
      ...{ title, group, description, mandatory, order: target.tasks.length },
      ...{ status: outline.status ?? 'Waiting', flag: outline.flag ?? false, assignee: outline.assignee },
      logs: [],
    }
    target.tasks.push(context.state.keep(task))
  }
}

/** Source: closing completes what was begun and cancels what was not; TheHive 4 cancels every other state too. */
export function closeTasks(context: Context, target: Case): void {
  const [by, at] = [context.actor.user.login, context.state.clock.now()]
  for (const task of target.tasks) {
    if (task.status === 'Completed' || task.status === 'Cancel') continue
    task.status = task.status === 'InProgress' ? 'Completed' : 'Cancel'
    Object.assign(task, { endDate: at, updatedAt: at, updatedBy: by, revision: task.revision + 1 })
  }
}
