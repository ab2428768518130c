import type { Task } from '#shared/model/task.ts'

export type TaskGroup = { name: string; tasks: Task[]; done: number }

const finished: ReadonlySet<string> = new Set(['Completed', 'Cancel'])
const words: Record<string, string> = {
  Waiting: 'waiting',
  InProgress: 'in progress',
  Completed: 'done',
  Cancel: 'cancelled',
}

/** A task's status in words; the server's own where it is not one we know. */
export function taskWord(status: string): string {
  return words[status] ?? status
}

/** Tasks by group, groups in the order of their first task, tasks in theirs. */
export function groupTasks(tasks: readonly Task[]): TaskGroup[] {
  const groups = new Map<string, Task[]>()
  for (const task of tasks.toSorted((a, b) => a.order - b.order)) {
    const name = task.group ?? ''
    groups.set(name, [...(groups.get(name) ?? []), task])
  }
  return [...groups].map(([name, own]) => ({
    name,
    tasks: own,
    done: own.filter((task) => finished.has(task.status)).length,
  }))
}
