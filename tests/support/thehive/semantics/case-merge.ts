import { badRequest } from '../state/errors.ts'
import { observableKey } from '../state/space.ts'
import type { Case, Observable } from '../state/types.ts'
import { copyAttachments } from './attachments.ts'
import { audit } from './audits.ts'
import { dropCase, openCase } from './cases.ts'
import { requirePermission, type Context } from './context.ts'
import { mergeCustomFields } from './custom-fields.ts'
import { copyObservables, dropObservable } from './observables.ts'
import { copyProcedures } from './procedures.ts'
import { union } from './tags.ts'

const greatest = (values: readonly number[]) => Math.max(...values)

type MergedInput = ReturnType<typeof inputOf>

/** Where the generations differ. */
export type MergeRules = { permission: string; open: (context: Context, input: MergedInput) => Case }

const rulesOfFive: MergeRules = {
  permission: 'manageCase/merge',
  open: (context, input) => openCase(context, input, undefined),
}

/**
 * Makes one new case of several and deletes those. Titles are joined by ` / `, descriptions by blank lines; the strictest
 * marking and the earliest start win [all but the titles inferred].
 */
export function mergeCases(context: Context, cases: readonly Case[], rules: MergeRules = rulesOfFive): Case {
  requirePermission(context, rules.permission)
  const distinct = [...new Set(cases)]
  if (distinct.length < 2) throw badRequest('At least two cases are expected')
  const merged = rules.open(context, inputOf(distinct))
  for (const original of distinct) {
    merged.customFields = mergeCustomFields(context.state, merged.customFields, original.customFields)
    takeOver(context, original, merged)
    audit(context, 'delete', original, { details: { title: original.title } })
    dropCase(context, original)
  }
  audit(context, 'merge', merged, { details: { cases: distinct.map(({ id }) => id) } })
  context.effect(`merge cases ${distinct.map(({ id }) => id).join('+')}`)
  return merged
}

function inputOf(cases: readonly Case[]) {
  return {
    title: cases.map(({ title }) => title).join(' / '),
    description: cases.map(({ description }) => description).join('\n\n'),
    severity: greatest(cases.map(({ severity }) => severity)),
    tlp: greatest(cases.map(({ tlp }) => tlp)),
    pap: greatest(cases.map(({ pap }) => pap)),
    startDate: Math.min(...cases.map(({ startDate }) => startDate)),
    tags: union(...cases.map(({ tags }) => tags)),
    flag: cases.some(({ flag }) => flag),
    tasks: [],
  }
}

/** Tasks, pages, comments and alerts move as they are; the rest is copied without repeating. */
function takeOver(context: Context, from: Case, to: Case): void {
  copyObservables(context, from, to)
  copyProcedures(context, from, to)
  copyAttachments(context, from, to)
  for (const key of ['tasks', 'pages', 'comments'] as const) {
    for (const child of from[key].splice(0)) {
      child.parent = to
      to[key].push(child as never)
    }
  }
  const [by, at] = [context.actor.user.login, context.state.clock.now()]
  for (const alert of from.alerts.splice(0)) {
    alert.caseId = to.id
    to.alerts.push(alert)
    context.space.alerts.stamp(alert, by, at)
  }
}

export type MergedObservables = { untouched: number; updated: number; deleted: number }

/** Makes one of observables that show the same: the first stays, with the tags and marks of all. */
export function mergeEqualObservables(context: Context, target: Case): MergedObservables {
  requirePermission(context, 'manageCase/update')
  const kept = new Map<string, Observable>()
  const updated = new Set<Observable>()
  const before = target.observables.length
  for (const observable of [...target.observables]) {
    const first = kept.get(observableKey(observable))
    if (!first) {
      kept.set(observableKey(observable), observable)
      continue
    }
    first.tags = union(first.tags, observable.tags)
    first.ioc ||= observable.ioc
    first.sighted ||= observable.sighted
    first.revision++
    updated.add(first)
    dropObservable(context, observable)
  }
  target.observables = [...kept.values()]
  const result = { untouched: kept.size - updated.size, updated: updated.size, deleted: before - kept.size }
  if (result.deleted > 0) context.effect(`merge observables ${target.id}`)
  return result
}
