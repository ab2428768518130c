import { asForagerError } from '#shared/errors/convert.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isOlder, stampOf } from '../../domain/is-older.ts'
import { isRefused } from './outcome.ts'
import type { Outcome, StepContext, StepResult } from './kind.ts'
import { refreshAlert, takeIn } from './refresh.ts'

/** The alerts of these decisions, by id, and whether the answer may be older than what was written just before. */
export async function alertsOf(operations: readonly Operation[], { server, signal }: StepContext) {
  const ids = [...new Set(operations.map(({ alertId }) => alertId))]
  const { alerts, lagging } = await server.alertsById(ids, signal)
  return { found: new Map(alerts.map((alert) => [alert.id, alert])), lagging }
}

/**
 * One look at all. What the list does not show, or may show as it was before, is looked at by itself: absence is not
 * believed from a list.
 */
export async function probeMany<O extends Operation>(
  operations: readonly O[],
  context: StepContext,
  rules: {
    verdict: (operation: O, alert: Alert) => StepResult
    single: (operation: O) => Promise<StepResult>
  },
): Promise<Outcome[]> {
  const { found, lagging } = await alertsOf(operations, context)
  if (!lagging) await takeIn([...found.values()], context)
  const outcomes: Outcome[] = []
  for (const operation of operations) {
    const alert = found.get(operation.alertId)
    const seen = alert && rules.verdict(operation, alert)
    const isLate = lagging && (alert === undefined || isFromBefore(alert, operation))
    const isSure = seen !== undefined && !isLate && ('done' in seen || !lagging)
    outcomes.push(isSure ? seen : await lookedAt(() => rules.single(operation)))
  }
  return outcomes
}

/** What a late list shows may be from before the attempt: then the wanted value stood there before, too. */
const isFromBefore = (alert: Alert, { firstSentAt = Infinity, leftAt = 0 }: Operation): boolean =>
  stampOf(alert) < Math.max(firstSentAt, leftAt)

/** A refusal concerns this one alone; whatever else is thrown, nobody can be asked now. */
async function lookedAt(look: () => Promise<StepResult>): Promise<Outcome> {
  try {
    return await look()
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    return { error: asForagerError(thrown) }
  }
}

/** Base := the server's alerts. One that the list does not show as decided, where it may lag, or at all, is read by itself. */
export async function refreshMany<O extends Operation>(
  operations: readonly O[],
  context: StepContext,
  shows: (operation: O, alert: Alert) => boolean,
): Promise<void> {
  const { found, lagging } = await alertsOf(operations, context)
  const sure: Alert[] = []
  for (const operation of operations) {
    const alert = found.get(operation.alertId)
    if (alert === undefined || (lagging && (!shows(operation, alert) || isFromBefore(alert, operation))))
      continue
    const { base } = lagging ? await context.cache.alert(alert.id) : { base: undefined }
    if (base === undefined || !isOlder(alert, base)) sure.push(alert)
  }
  const told = new Set(sure.map(({ id }) => id))
  await takeIn(sure, context)
  for (const { alertId } of operations) if (!told.has(alertId)) await refreshAlert(alertId, context)
}
