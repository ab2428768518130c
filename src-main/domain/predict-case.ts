import type { Alert, CustomFieldValue } from '#shared/model/alert.ts'
import type { Case, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'
import type { Task } from '#shared/model/task.ts'
import { definedOf } from './defined-of.ts'

type Facts = { id: string; now: number; login: string }
type Template = { template: CaseTemplate | undefined }

/** `stage` is that of the chosen status. */
type Chosen = Template & { choices: PromoteChoices; stage?: Stage | undefined }

/** The case a promotion will make (api.md §3.8): choices first, then the alert; the template adds its prefix, tags and fields. */
export function predictCase(alert: Alert, { choices, template, stage }: Chosen, facts: Facts): Case {
  return {
    ...opened(facts),
    title: prefixed(choices.title ?? alert.title, template),
    description: choices.description ?? alert.description,
    severity: choices.severity ?? alert.severity,
    tlp: choices.tlp ?? alert.tlp,
    pap: choices.pap ?? alert.pap,
    tags: choices.tags ?? [...new Set([...alert.tags, ...(template?.tags ?? [])])],
    assignee: choices.assignee ?? facts.login,
    customFields: unitedFields(choices.customFields ?? [], alert.customFields, template?.customFields ?? []),
    ...definedOf({ ...pickedFrom(choices), stage }),
  }
}

const pickedFrom = ({ status, summary, flag, startDate, endDate }: PromoteChoices) => ({
  ...{ status, summary, flag, startDate, endDate },
})

/** The values of each name from the first set that has it. */
function unitedFields(...sets: readonly (readonly CustomFieldValue[])[]): CustomFieldValue[] {
  return sets.reduce<CustomFieldValue[]>((known, set) => {
    const names = new Set(known.map(({ name }) => name))
    return [...known, ...set.filter(({ name }) => !names.has(name))]
  }, [])
}

/** The tasks that case will have: the template's, then those asked for. */
export function predictTasks(choices: PromoteChoices, { template }: Template): Task[] {
  const wanted = [...(template?.taskTitles ?? []).map((title) => ({ title })), ...(choices.tasks ?? [])]
  return wanted.map((task, order) => ({
    ...{ id: `local:task-${order}`, status: 'Waiting', mandatory: false, order },
    ...definedOf(task),
  }))
}

/** The case a creation will make. */
export function predictNewCase(input: CaseInput, { template }: Template, facts: Facts): Case {
  const { caseTemplate: _named, ...plain } = input
  return {
    ...opened(facts),
    ...plain,
    title: prefixed(input.title, template),
    tags: [...new Set([...input.tags, ...(template?.tags ?? [])])],
    assignee: input.assignee ?? facts.login,
    customFields: [],
  }
}

type Opened = Pick<
  Case,
  'id' | 'status' | 'stage' | 'flag' | 'startDate' | 'createdAt' | 'createdBy' | 'pending'
>

const opened = ({ id, now, login }: Facts): Opened => ({
  ...{ id, status: 'New', stage: 'New', flag: false },
  ...{ startDate: now, createdAt: now, createdBy: login, pending: true },
})

const prefixed = (title: string, template: CaseTemplate | undefined): string =>
  template?.titlePrefix === undefined ? title : `${template.titlePrefix.trim()} ${title}`
