import { afterSome, afterTaken } from '#shared/errors/after-taken.ts'
import { asForagerError } from '#shared/errors/convert.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { ItemFailure } from '../../thehive/port.ts'
import { allKnown, mapObservables, observableKey } from './child-ids.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { readObservables, refreshAlert, refreshObservables } from './refresh.ts'

type AddValues = OperationOf<'observable.add-values'>
type Value = AddValues['payload']['values'][number]

function missingFrom(there: readonly Observable[], values: readonly Value[]): Value[] {
  const known = new Set(there.map(observableKey))
  return values.filter((value) => !known.has(observableKey(value)))
}

function refuse(failed: readonly ItemFailure[], kind: ErrorKind): never {
  const shown = failed.slice(0, 5).map(({ data, message }) => `${data} (${message})`)
  const more = failed.length > shown.length ? ` and ${failed.length - shown.length} more` : ''
  throw new ForagerError(kind, `The server refused ${shown.join(', ')}${more}.`, {
    did: 'The other values were added.',
    next: 'Correct the values and add them anew, or drop this line.',
  })
}

/** `refusal`: of a request as a whole; `isWhole`: none was taken. */
type Sent = {
  there: Observable[]
  failed: ItemFailure[]
  refusal: ForagerError | undefined
  isWhole: boolean
}

/** A request each type. One that is refused whole keeps none from the next. */
async function sendEach(
  { alertId, payload: { marks } }: AddValues,
  { wanted, before }: { wanted: readonly Value[]; before: readonly Observable[] },
  { server, signal }: StepContext,
): Promise<Sent> {
  const sent: Pick<Sent, 'there' | 'failed'> = { there: [...before], failed: [] }
  const refusals: ForagerError[] = []
  const types = Map.groupBy(wanted, ({ dataType }) => dataType)
  for (const [dataType, values] of types) {
    const ofType = values.map(({ data }) => ({ dataType, data }))
    const add = () => server.addValues(alertId, { values: ofType, marks }, signal)
    try {
      // What one type was sent with stands, whatever becomes of the next.
      const answer = await (sent.there.length > before.length ? afterSome(add) : add())
      sent.failed.push(...answer.failed.filter((item) => !item.alreadyThere))
      sent.there.push(...answer.added)
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (!isRefusal(error)) throw error
      refusals.push(error)
      const { message } = error
      sent.failed.push(...ofType.map(({ data }) => ({ data, alreadyThere: false, message })))
    }
  }
  return { ...sent, refusal: refusals[0], isWhole: refusals.length > 0 && refusals.length === types.size }
}

/** What the alert has now; read anew where it is not known of every value, and into the copy where only a part was taken. */
async function listOf(
  { alertId, payload }: AddValues,
  { there, isPart }: { there: Observable[]; isPart: boolean },
  context: StepContext,
): Promise<Observable[]> {
  if (isPart) {
    await afterTaken(() => refreshAlert(alertId, context))
    return afterTaken(() => readObservables(alertId, context))
  }
  if (allKnown(payload.values, there)) return there
  return afterTaken(() => context.server.observables(alertId, context.signal))
}

async function send(operation: AddValues, context: StepContext): Promise<StepResult> {
  const { server, signal } = context
  const { values } = operation.payload
  const before = operation.mustVerify ? await server.observables(operation.alertId, signal) : []
  const wanted = missingFrom(before, values)
  const { there, failed, refusal, isWhole } = await sendEach(operation, { wanted, before }, context)
  if (refusal !== undefined && isWhole && wanted.length === values.length) throw refusal
  const all = await listOf(operation, { there, isPart: failed.length > 0 }, context)
  // By their ids it is known what is there: the rest alone is refused.
  mapObservables(values, all, context)
  const missing = new Set(missingFrom(all, values).map(({ data }) => data))
  const given = new Set(values.map(({ data }) => data))
  // What somebody else had added is there, whatever was said about ours.
  const refused = failed.filter(({ data }) => missing.has(data) || !given.has(data))
  if (refused.length > 0) refuse(refused, refusal?.kind ?? 'rejected')
  return taken(operation.alertId, `The server has all ${values.length}.`, context)
}

/**
 * dataType + data is unique in an alert: adding again is noticed, and only what is missing is sent. Commutes with everything.
 * Inverse: delete each.
 */
export const observableValues: KindRules<'observable.add-values'> = {
  send,
  async probe(operation, context) {
    const there = await context.server.observables(operation.alertId, context.signal)
    if (missingFrom(there, operation.payload.values).length > 0) return { notYet: true }
    mapObservables(operation.payload.values, there, context)
    return alreadyThere(operation.alertId, 'The values were already there.', context)
  },
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
