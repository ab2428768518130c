import type { Alert } from '#shared/model/alert.ts'
import type { Case, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'

/** The case a promotion will make (api.md §3.8): choices first, then the alert; the template adds its prefix and tags. */
export function predictCase(
  alert: Alert,
  { choices, template }: { choices: PromoteChoices; template: CaseTemplate | undefined },
  facts: { id: string; now: number; login: string },
): Case {
  const title = choices.title ?? alert.title
  const tags = choices.tags ?? [...new Set([...alert.tags, ...(template?.tags ?? [])])]
  return {
    id: facts.id,
    title: template?.titlePrefix === undefined ? title : `${template.titlePrefix.trim()} ${title}`,
    description: alert.description,
    severity: choices.severity ?? alert.severity,
    tlp: choices.tlp ?? alert.tlp,
    pap: choices.pap ?? alert.pap,
    tags,
    status: 'New',
    stage: 'New',
    assignee: choices.assignee ?? facts.login,
    startDate: facts.now,
    createdAt: facts.now,
    createdBy: facts.login,
    pending: true,
  }
}
