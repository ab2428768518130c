import { afterSome, afterTaken } from '#shared/errors/after-taken.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { KindRules, Outcome, StepContext, StepResult } from './kind.ts'
import { probeMany, refreshMany } from './many-alerts.ts'
import { alreadyThere, isRefused, sendOrLook, taken, oursIn } from './outcome.ts'
import { mustHave, mustHaveAlert, refreshAlert } from './refresh.ts'

type Link = OperationOf<'alert.merge' | 'alert.import'>

function verdict(operation: Link, alert: Alert, context: StepContext): StepResult {
  if (alert.caseId === undefined) return { notYet: true }
  if (alert.caseId !== operation.payload.caseId)
    return { conflict: conflictsWith(inNone(operation), alert, oursIn(context)) }
  return alreadyThere(alert.caseId, 'The alert was already in this case.', context)
}

/**
 * Only an alert in no case can be linked: any other case stands before the analyst, also one that they saw it in and that was to be
 * left first.
 */
const inNone = (operation: Link): Link => ({ ...operation, base: { ...operation.base, caseId: null } })

async function whereIsIt(operation: Link, context: StepContext): Promise<StepResult> {
  const seen = verdict(operation, await mustHaveAlert(operation.alertId, context), context)
  return 'notYet' in seen ? notInAny(operation, context) : seen
}

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
  const elsewhere = into.id !== operation.payload.caseId
  const found = elsewhere ? await afterSome(() => whereIsIt(operation, context)) : undefined
  if (found !== undefined && !('notYet' in found)) return found
  return linkedWith(into, how, context)
}

const linkedWith = (into: Case, how: string, context: StepContext): StepResult =>
  taken(into.id, `The server ${how} case #${into.number ?? into.id}.`, context)

type Merge = OperationOf<'alert.merge'>

async function mergeTogether(operations: readonly Merge[], context: StepContext): Promise<Outcome[]> {
  const [first] = operations
  if (first === undefined) return []
  const ids = operations.map(({ alertId }) => alertId)
  const into = await context.server.mergeMany(ids, first.payload.caseId, context.signal)
  return afterTaken(async () => {
    await context.cache.upsertCases([into])
    const seen = into.id === first.payload.caseId ? [] : await probeAll(operations, context)
    return operations.map((_, at): Outcome => {
      const one = seen[at] ?? { notYet: true }
      return 'notYet' in one ? linkedWith(into, 'merged it into', context) : one
    })
  })
}

/** Where there are some that are in no case, the case itself is looked for, once. */
async function probeAll(operations: readonly Merge[], context: StepContext): Promise<Outcome[]> {
  const seen = await probeMany(operations, context, {
    verdict: (operation, alert) => verdict(operation, alert, context),
    single: async (operation) => verdict(operation, await mustHaveAlert(operation.alertId, context), context),
  })
  const free = operations.find((_, at) => 'notYet' in (seen[at] ?? {}))
  if (free === undefined) return seen
  try {
    await notInAny(free, context)
    return seen
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    return seen.map((one) => ('notYet' in one ? { error: thrown } : one))
  }
}

/**
 * All or nothing: a refusal may be about one that is in a case already, or gone. They are looked at, and those that are free go
 * together once more; whom the server refuses again goes alone.
 */
async function mergeAll(operations: readonly Merge[], context: StepContext): Promise<Outcome[]> {
  try {
    return await mergeTogether(operations, context)
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
  }
  const seen = await probeAll(operations, context)
  const free = operations.filter((_, at) => 'notYet' in (seen[at] ?? {}))
  if (free.length === operations.length || free.length === 0) return seen
  try {
    const merged = await mergeTogether(free, context)
    return operations.map((one, at) => merged[free.indexOf(one)] ?? (seen[at] as Outcome))
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    return seen
  }
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
  many: {
    limit: (_, { atOnce }) => atOnce.mergeMany,
    send: mergeAll,
    probe: probeAll,
    refresh: (operations, context) =>
      refreshMany(operations, context, ({ payload }, alert) => alert.caseId === payload.caseId),
  },
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
