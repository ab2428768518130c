import type { Alert, CustomFieldValue } from '#shared/model/alert.ts'
import type { Case, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate, Status } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'
import type { Session } from '#shared/model/session.ts'
import type { Task } from '#shared/model/task.ts'
import { definedOf } from './defined-of.ts'

/** `statuses` are those a case can have. */
export type CaseFacts = {
  id: string
  now: number
  login: string
  flavour: Session['flavour']
  statuses: readonly Status[]
}
type Template = { template: CaseTemplate | undefined }

/** `stage` is that of the chosen status. */
type Chosen = Template & { choices: PromoteChoices; stage?: Stage | undefined }

/** The case a promotion will make (api.md §3.8): choices first, then the alert; the template adds its prefix, tags and fields. */
export function predictCase(alert: Alert, { choices, template, stage }: Chosen, facts: CaseFacts): Case {
  return {
    ...opened(facts),
    title: promotedTitle(choices.title ?? alert.title, template, facts),
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
export function predictNewCase(input: CaseInput, { template }: Template, facts: CaseFacts): Case {
  const { caseTemplate: _named, ...plain } = input
  return {
    ...opened(facts),
    ...plain,
    title: openedTitle(input.title, template, facts),
    tags: [...new Set([...input.tags, ...(template?.tags ?? [])])],
    assignee: input.assignee ?? facts.login,
    customFields: [],
  }
}

type Opened = Pick<
  Case,
  'id' | 'status' | 'stage' | 'flag' | 'startDate' | 'createdAt' | 'createdBy' | 'pending'
>

function opened({ id, now, login, statuses }: CaseFacts): Opened {
  const { value, stage } = firstOf(statuses)
  return {
    ...{ id, status: value, stage, flag: false },
    ...{ startDate: now, createdAt: now, createdBy: login, pending: true },
  }
}

/** What a server gives a case that nobody chose a status for: `New`, or where there is none the one that is not closed. */
const firstOf = (statuses: readonly Status[]): Pick<Status, 'value' | 'stage'> =>
  statuses.find(({ value }) => value === 'New') ??
  statuses.find(({ stage }) => stage !== 'Closed') ?? { value: 'New', stage: 'New' }

type Prefixing = Pick<CaseFacts, 'flavour'>

/** TheHive 4 has a way of its own at promotion: nothing is put behind the prefix. */
const promotedTitle = (title: string, template: CaseTemplate | undefined, facts: Prefixing): string =>
  facts.flavour === 'thehive4'
    ? `${template?.titlePrefix ?? ''}${title}`
    : openedTitle(title, template, facts)

/** TheHive 3 puts a blank there even where a template has no prefix. */
function openedTitle(title: string, template: CaseTemplate | undefined, { flavour }: Prefixing): string {
  if (template === undefined) return title
  const { titlePrefix = '' } = template
  if (flavour === 'thehive3') return `${titlePrefix} ${title}`
  return titlePrefix.trim() === '' ? title : `${titlePrefix.trim()} ${title}`
}
