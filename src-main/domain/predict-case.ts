import type { Alert } from '#shared/model/alert.ts'
import type { Case, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'

type Facts = { id: string; now: number; login: string }
type Template = { template: CaseTemplate | undefined }

/** The case a promotion will make (api.md §3.8): choices first, then the alert; the template adds its prefix and tags. */
export function predictCase(
  alert: Alert,
  { choices, template }: Template & { choices: PromoteChoices },
  facts: Facts,
): Case {
  return {
    ...opened(facts),
    title: prefixed(choices.title ?? alert.title, template),
    description: alert.description,
    severity: choices.severity ?? alert.severity,
    tlp: choices.tlp ?? alert.tlp,
    pap: choices.pap ?? alert.pap,
    tags: choices.tags ?? [...new Set([...alert.tags, ...(template?.tags ?? [])])],
    assignee: choices.assignee ?? facts.login,
    customFields: alert.customFields,
  }
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
