import type { Alert } from '#shared/model/alert.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Task } from '#shared/model/task.ts'
import { predictTasks } from './predict-case.ts'

type Known = { alert: Pick<Alert, 'caseTemplate'> | undefined; templates: readonly CaseTemplate[] }

/** The tasks of the case that a decision makes: those of the template it names, or of the alert's own, and those asked for. */
export function promisedTasks(operation: Operation, { alert, templates }: Known): Task[] {
  const by = (named: string | undefined) => ({ template: templates.find(({ name }) => name === named) })
  switch (operation.kind) {
    case 'alert.promote': {
      const { choices } = operation.payload
      return predictTasks(choices, by(choices.caseTemplate ?? alert?.caseTemplate))
    }
    case 'case.create':
      return predictTasks({}, by(operation.payload.input.caseTemplate))
    default:
      return []
  }
}
