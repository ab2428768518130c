import type { Case, CaseTemplate } from '../state/types.ts'
import { audit } from './audits.ts'
import { requireTemplate } from './cases.ts'
import { requirePermission, type Context } from './context.ts'
import { mergeCustomFields } from './custom-fields.ts'
import { union } from './tags.ts'
import { buildTask } from './tasks.ts'

/** What of the template is wanted; tasks by their title or id. */
export type TemplateChoice = {
  caseTemplate: string
  titlePrefix: boolean
  description: boolean
  tags: boolean
  severity: boolean
  flag: boolean
  tlp: boolean
  pap: boolean
  customFields: boolean
  tasks: string[]
}

export function applyTemplate(context: Context, cases: readonly Case[], choice: TemplateChoice): void {
  requirePermission(context, 'manageCase/update')
  const template = requireTemplate(context, choice.caseTemplate)
  if (!template) return
  for (const target of cases) {
    Object.assign(target, changesOf(context, target, { template, choice }))
    for (const [order, outline] of template.tasks.entries()) {
      if (!choice.tasks.includes(outline.title) && !choice.tasks.includes(`${template.id}${order}`)) continue
      target.tasks.push(buildTask(context, target, { ...outline, order: target.tasks.length }))
    }
    context.space.cases.stamp(target, context.actor.user.login, context.state.clock.now())
    audit(context, 'update', target, { details: { caseTemplate: template.name } })
    context.effect(`template ${template.name} -> case ${target.id}`)
  }
}

type Wish = { template: CaseTemplate; choice: TemplateChoice }

function changesOf(context: Context, target: Case, { template, choice }: Wish): Partial<Case> {
  const { titlePrefix, description, severity, tlp, pap, flag, tags, customFields } = template
  return {
    caseTemplate: template.name,
    ...(choice.titlePrefix && titlePrefix ? { title: `${titlePrefix.trim()} ${target.title}` } : {}),
    ...(choice.description && description !== undefined ? { description } : {}),
    ...(choice.severity && severity !== undefined ? { severity } : {}),
    ...(choice.tlp && tlp !== undefined ? { tlp } : {}),
    ...(choice.pap && pap !== undefined ? { pap } : {}),
    ...(choice.flag ? { flag } : {}),
    ...(choice.tags ? { tags: union(target.tags, tags) } : {}),
    ...(choice.customFields
      ? { customFields: mergeCustomFields(context.state, target.customFields, customFields) }
      : {}),
  }
}
