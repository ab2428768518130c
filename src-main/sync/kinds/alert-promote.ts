import type { Case } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { Compared } from '../../domain/conflicts.ts'
import { clockSkewMs } from '../../domain/clock-skew.ts'
import { adoptCase } from './adopt-case.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, oursIn, sendOrLook, taken } from './outcome.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

type Promotion = OperationOf<'alert.promote'>

/** In a case of somebody else: theirs is adopted, or left, on the analyst's word. */
function somebodyElses(operation: Promotion, found: Case, context: StepContext): StepResult | undefined {
  if (found.createdBy === context.server.session.login) return undefined
  const theirs: Compared & { caseId: string } = { caseId: found.id }
  const conflict = conflictsWith(operation, theirs, oursIn(context))
  return conflict.length === 0 ? undefined : { conflict }
}

/** What follows the promoted alert (merges into its case) follows the server's case from now on. */
async function adopt(
  operation: Promotion,
  { found, probed }: { found: Case; probed: boolean },
  context: StepContext,
): Promise<StepResult> {
  const first = somebodyElses(operation, found, context)
  if (first !== undefined) {
    await context.cache.upsertCases([found])
    return first
  }
  const sentAt = operation.firstSentAt ?? context.clock.now()
  const ours = found.createdBy === context.server.session.login && found.createdAt >= sentAt - clockSkewMs
  await adoptCase(operation.payload.predicted.id, { found, isNew: ours }, context)
  const name = `case #${found.number ?? found.id}`
  const note = ours
    ? `The server made it ${name}.`
    : `It was already in ${name}, opened by ${found.createdBy}.`
  return probed || !ours ? alreadyThere(found.id, note, context) : taken(found.id, note, context)
}

async function probe(operation: Promotion, context: StepContext): Promise<StepResult> {
  const alert = await mustHaveAlert(operation.alertId, context)
  if (alert.caseId === undefined) return { notYet: true }
  const found = await context.server.case(alert.caseId, context.signal)
  if (found === undefined)
    throw new ForagerError('not-found', 'The alert is in a case that the server does not show you.', {
      did: 'Nothing was sent again.',
      next: 'Ask for access to the case, or drop this decision.',
    })
  return adopt(operation, { found, probed: true }, context)
}

/** An alert is promoted once: its case id tells. Inverse: unlink, which leaves the case behind. */
export const alertPromote: KindRules<'alert.promote'> = {
  send: (operation, context) =>
    sendOrLook(
      async () => {
        const { alertId, payload } = operation
        const made = await context.server.promote(alertId, payload.choices, context.signal)
        return adopt(operation, { found: made, probed: false }, context)
      },
      () => probe(operation, context),
    ),
  probe,
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
