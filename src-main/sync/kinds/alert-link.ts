import type { Case } from '#shared/model/case.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, sendOrLook, taken, oursIn } from './outcome.ts'
import { mustHave, mustHaveAlert, refreshAlert } from './refresh.ts'

type Link = OperationOf<'alert.merge' | 'alert.import'>

async function whereIsIt(operation: Link, context: StepContext): Promise<StepResult> {
  const alert = await mustHaveAlert(operation.alertId, context)
  if (alert.caseId === undefined) return notInAny(operation, context)
  if (alert.caseId !== operation.payload.caseId)
    return { conflict: conflictsWith(inNone(operation), alert, oursIn(context)) }
  return alreadyThere(alert.caseId, 'The alert was already in this case.', context)
}

/** It was in no case when that was decided, also where the decision is too old to say so. */
const inNone = (operation: Link): Link => ({ ...operation, base: { caseId: null, ...operation.base } })

/** Not linked: because nobody has sent it yet, or because there is no case to link it with. That is told before it is tried again. */
async function notInAny({ payload }: Link, context: StepContext): Promise<StepResult> {
  const found = await context.server.case(payload.caseId, context.signal)
  if (found === undefined) await context.cache.markCasesGone([payload.caseId])
  mustHave(found, 'case')
  return { notYet: true }
}

/** TheHive 3 answers with the old case where the alert is in one already (api.md §3.9). */
async function linked(
  { operation, into, how }: { operation: Link; into: Case; how: string },
  context: StepContext,
): Promise<StepResult> {
  await context.cache.upsertCases([into])
  const found = into.id === operation.payload.caseId ? undefined : await whereIsIt(operation, context)
  if (found !== undefined && !('notYet' in found)) return found
  return taken(into.id, `The server ${how} case #${into.number ?? into.id}.`, context)
}

const refresh = (operation: Link, context: StepContext) => refreshAlert(operation.alertId, context)

/** An alert is in one case: its case id tells. Inverse: unlink, which leaves what was copied. */
export const alertMerge: KindRules<'alert.merge'> = {
  send: (operation, context) =>
    sendOrLook(
      async () => {
        const { alertId, payload } = operation
        const into = await context.server.merge(alertId, payload.caseId, context.signal)
        return linked({ operation, into, how: 'merged it into' }, context)
      },
      () => whereIsIt(operation, context),
    ),
  probe: whereIsIt,
  refresh,
}

/** As a merge, but only observables and procedures are copied. Inverse: unlink, which leaves them in the case. */
export const alertImport: KindRules<'alert.import'> = {
  send: (operation, context) =>
    sendOrLook(
      async () => {
        const { alertId, payload } = operation
        const into = await context.server.importInto(alertId, payload.caseId, context.signal)
        return linked({ operation, into, how: 'copied its observables into' }, context)
      },
      () => whereIsIt(operation, context),
    ),
  probe: whereIsIt,
  refresh,
}
