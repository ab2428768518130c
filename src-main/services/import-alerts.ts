import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case, PromoteChoices } from '#shared/model/case.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'
import type { PayloadOf } from '#shared/model/operation.ts'
import { predictCase } from '../domain/predict-case.ts'
import type { CaseFacts } from '../domain/predict-case.ts'
import type { DecisionContext } from './context.ts'
import { mustBeAble, mustKnowTlp } from './permissions.ts'
import { decideOnAlerts, newLocalId } from './queue-operations.ts'
import { seenCase } from './seen.ts'
import { knownStatus, mustKnowFields } from './stage-rules.ts'

/** Promotes to a case of its own. The case exists here at once, so that other alerts can be merged into it offline. */
export async function promoteAlert(
  { id, choices }: { id: string; choices: PromoteChoices },
  context: DecisionContext,
): Promise<Decided & { caseId: string }> {
  const caseId = newLocalId(context)
  const decided = await decideOnAlerts(
    [id],
    (alert) => {
      mustBeFree(alert)
      return { kind: 'alert.promote', payload: predictPromotion(alert, choices, { caseId, context }) }
    },
    context,
  )
  return { ...decided, caseId }
}

/** The choices with the case they will make, known here as `caseId`. @throws ForagerError when the server would not take them */
export function predictPromotion(
  alert: Alert,
  choices: PromoteChoices,
  { caseId, context }: { caseId: string; context: DecisionContext },
): PayloadOf<'alert.promote'> {
  mustBeAble('importAlert', context)
  const { caseTemplate, ...overrides } = choices
  if (Object.values(overrides).some((value) => value !== undefined)) mustBeAble('promoteOverrides', context)
  if (choices.pages !== undefined) mustBeAble('promotePages', context)
  mustKnowTlp(choices.tlp, context)
  mustKnowFields(choices.customFields ?? [], context)
  const { caseStatuses } = context.catalog()
  const stage = choices.status === undefined ? undefined : knownStatus(choices.status, caseStatuses).stage
  const template = templateBy(caseTemplate, context) ?? findTemplate(alert.caseTemplate, context)
  const predicted = predictCase(alert, { choices, template, stage }, factsOf(caseId, context))
  return { choices, predicted }
}

/** What a case that is opened here, as `id`, is predicted from besides what was chosen. */
export function factsOf(id: string, { now, session, catalog }: DecisionContext): CaseFacts {
  const { login, flavour } = session()
  return { id, now: now(), login, flavour, statuses: catalog().caseStatuses }
}

const findTemplate = (name: string | undefined, { catalog }: DecisionContext): CaseTemplate | undefined =>
  catalog().caseTemplates.find((one) => one.name === name)

/** The template somebody chose: it must be there. */
export function templateBy(name: string | undefined, context: DecisionContext): CaseTemplate | undefined {
  const template = findTemplate(name, context)
  if (name === undefined || template !== undefined) return template
  throw new ForagerError('rejected', `There is no case template called ${name}.`, {
    did: 'Nothing was queued.',
    next: 'Pick one of the listed templates, or none.',
  })
}

type Into = { ids: readonly string[]; caseId: string }

/** Merges each alert into the case, which may itself still be waiting to be made. */
export async function mergeAlerts({ ids, caseId }: Into, context: DecisionContext): Promise<Decided> {
  mustBeAble('importAlert', context)
  return linkAlerts('alert.merge', { ids, caseId }, context)
}

/** The same with observables and procedures only: the case's own text stays as it is. */
export async function importAlerts({ ids, caseId }: Into, context: DecisionContext): Promise<Decided> {
  mustBeAble('importAlert', context)
  mustBeAble('importObservables', context)
  return linkAlerts('alert.import', { ids, caseId }, context)
}

async function linkAlerts(
  kind: 'alert.merge' | 'alert.import',
  { ids, caseId }: Into,
  context: DecisionContext,
): Promise<Decided> {
  const target = await seenCase(caseId, context)
  mustBeShown(target)
  return decideOnAlerts(
    ids,
    (alert) => {
      mustBeFree(alert)
      return { kind, payload: { caseId: target.id } }
    },
    context,
  )
}

function mustBeShown({ title, number, gone }: Case): void {
  if (gone !== true) return
  const name = number === undefined ? `“${title}”` : `Case #${number}`
  throw new ForagerError('rejected', `${name} is gone: the server no longer shows it.`, {
    did: 'Nothing was queued.',
    next: 'Choose another case.',
  })
}

/** Takes an alert out of its case; what was copied into the case stays there. */
export async function unlinkAlert({ id }: { id: string }, context: DecisionContext): Promise<Decided> {
  mustBeAble('unlinkAlert', context)
  return decideOnAlerts(
    [id],
    ({ caseId, title }) => {
      if (caseId === undefined)
        throw new ForagerError('rejected', `“${title}” is in no case.`, { did: 'Nothing was queued.' })
      return { kind: 'alert.unlink', payload: { caseId } }
    },
    context,
  )
}

function mustBeFree(alert: Alert): void {
  if (alert.caseId === undefined) return
  throw new ForagerError('rejected', `“${alert.title}” is already in a case.`, {
    did: 'Nothing was queued.',
    next: 'Open its case, or unlink it there first.',
    details: { caseId: alert.caseId },
  })
}
