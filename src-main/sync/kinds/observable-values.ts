import { afterSome, afterTaken } from '#shared/errors/after-taken.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { ItemFailure } from '../../thehive/port.ts'
import { allKnown, mapObservables, observableKey } from './child-ids.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshObservables } from './refresh.ts'

type AddValues = OperationOf<'observable.add-values'>
type Value = AddValues['payload']['values'][number]

function missingFrom(there: readonly Observable[], values: readonly Value[]): Value[] {
  const known = new Set(there.map(observableKey))
  return values.filter((value) => !known.has(observableKey(value)))
}

function refuse(failed: readonly ItemFailure[]): never {
  const shown = failed.slice(0, 5).map(({ data, message }) => `${data} (${message})`)
  const more = failed.length > shown.length ? ` and ${failed.length - shown.length} more` : ''
  throw new ForagerError('rejected', `The server refused ${shown.join(', ')}${more}.`, {
    did: 'The other values were added.',
    next: 'Correct the values and add them anew, or drop this line.',
  })
}

async function send(operation: AddValues, context: StepContext): Promise<StepResult> {
  const { server, signal } = context
  const { values, marks } = operation.payload
  const before = operation.mustVerify ? await server.observables(operation.alertId, signal) : []
  const wanted = missingFrom(before, values)
  const failed: ItemFailure[] = []
  const there = [...before]
  for (const dataType of new Set(wanted.map((value) => value.dataType))) {
    const ofType = wanted
      .filter((value) => value.dataType === dataType)
      .map(({ data }) => ({ dataType, data }))
    const add = () => server.addValues(operation.alertId, { values: ofType, marks }, signal)
    // What one type was sent with stands, whatever becomes of the next.
    const answer = await (there.length > before.length ? afterSome(add) : add())
    failed.push(...answer.failed.filter((item) => !item.alreadyThere))
    there.push(...answer.added)
  }
  if (failed.length > 0) {
    await afterTaken(() => refreshObservables(operation.alertId, context))
    refuse(failed)
  }
  const all = allKnown(values, there)
    ? there
    : await afterTaken(() => server.observables(operation.alertId, signal))
  mapObservables(values, all, context)
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
