import type { Task } from '#shared/model/task.ts'
import type { Connection } from '../open-database.ts'

/** Tasks of cases as the server had them when the case was last opened. */
export function createTaskTable(db: Connection) {
  const clear = db.prepare<[string]>('DELETE FROM task WHERE case_id = ?')
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO task (case_id, id, body) VALUES (?, ?, ?)',
  )
  return {
    replace(caseId: string, tasks: readonly Task[]): void {
      clear.run(caseId)
      for (const task of tasks) insert.run(caseId, task.id, JSON.stringify(task))
    },
  }
}
