import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable, ObservableValue } from '#shared/model/observable.ts'
import type { ItemFailure } from '../../thehive/port.ts'
import type { KindRules } from './kind.ts'
import { refreshObservables } from './refresh.ts'

const keyOf = ({ dataType, data }: { dataType: string; data?: string | undefined }) =>
  `${dataType}\n${data ?? ''}`

function missingFrom(there: readonly Observable[], values: readonly ObservableValue[]): ObservableValue[] {
  const known = new Set(there.map(keyOf))
  return values.filter((value) => !known.has(keyOf(value)))
}

function refuse(failed: readonly ItemFailure[]): never {
  const shown = failed.slice(0, 5).map(({ data, message }) => `${data} (${message})`)
  const more = failed.length > shown.length ? ` and ${failed.length - shown.length} more` : ''
  throw new ForagerError('rejected', `The server refused ${shown.join(', ')}${more}.`, {
    did: 'The other values were added.',
    next: 'Correct the values and add them anew, or drop this line.',
  })
}

/** dataType + data is unique in an alert: adding again is noticed, and only what is missing is sent. Inverse: delete each. */
export const observableValues: KindRules<'observable.add-values'> = {
  async send(operation, { server, signal, clock, cache }) {
    const { values, marks } = operation.payload
    const wanted = operation.mustVerify
      ? missingFrom(await server.observables(operation.alertId, signal), values)
      : values
    const failed: ItemFailure[] = []
    for (const dataType of new Set(wanted.map((value) => value.dataType))) {
      const ofType = wanted.filter((value) => value.dataType === dataType)
      const answer = await server.addValues(operation.alertId, { values: ofType, marks }, signal)
      failed.push(...answer.failed.filter((item) => !item.alreadyThere))
    }
    if (failed.length > 0) {
      await refreshObservables(operation.alertId, { server, cache, clock, signal })
      refuse(failed)
    }
    return {
      done: { at: clock.now(), serverId: operation.alertId, note: `The server has all ${values.length}.` },
    }
  },
  async probe(operation, { server, signal, clock }) {
    const there = await server.observables(operation.alertId, signal)
    if (missingFrom(there, operation.payload.values).length > 0) return { notYet: true }
    return {
      done: {
        at: clock.now(),
        serverId: operation.alertId,
        alreadyThere: true,
        note: 'The values were already there.',
      },
    }
  },
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
