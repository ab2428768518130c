import type { Case } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { adoptCase } from './adopt-case.ts'
import { clockSkewMs } from './kind.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

/** What follows the promoted alert (merges into its case) follows the server's case from now on. */
async function adopt(
  operation: OperationOf<'alert.promote'>,
  { found, probed }: { found: Case; probed: boolean },
  context: StepContext,
): Promise<StepResult> {
  await adoptCase(operation.payload.predicted.id, found, context)
  const sentAt = operation.firstSentAt ?? context.clock.now()
  const ours = found.createdBy === context.server.session.login && found.createdAt >= sentAt - clockSkewMs
  const name = `case #${found.number ?? found.id}`
  const note = ours
    ? `The server made it ${name}.`
    : `It was already in ${name}, opened by ${found.createdBy}.`
  return probed || !ours ? alreadyThere(found.id, note, context) : taken(found.id, note, context)
}

/** An alert is promoted once: its case id tells. Inverse: unlink, which leaves the case behind. */
export const alertPromote: KindRules<'alert.promote'> = {
  async send(operation, context) {
    const made = await context.server.promote(operation.alertId, operation.payload.choices, context.signal)
    return adopt(operation, { found: made, probed: false }, context)
  },
  async probe(operation, context) {
    const alert = await mustHaveAlert(operation.alertId, context)
    if (alert.caseId === undefined) return { notYet: true }
    const found = await context.server.case(alert.caseId, context.signal)
    if (found === undefined)
      throw new ForagerError('not-found', 'The alert is in a case that the server does not show you.', {
        did: 'Nothing was sent again.',
        next: 'Ask for access to the case, or drop this decision.',
      })
    return adopt(operation, { found, probed: true }, context)
  },
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
