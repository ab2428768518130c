import { referenceKey } from '../thehive/state/space.ts'
import type { HiveState } from '../thehive/state/hive-state.ts'
import type { Alert } from '../thehive/state/types.ts'

/** Takes alerts of an organisation out of a stand-in's sight, without a trace in its trail; `show` brings them back as they were. */
export function hideAlerts(state: HiveState, which: (alert: Alert) => boolean, organisation = 'acme') {
  const space = state.space(organisation)
  const hidden = space.alerts.created.rows.filter(which)
  for (const alert of hidden) {
    for (const observable of alert.observables) space.removeObservable(observable)
    space.alerts.remove(alert)
    space.alertByReference.delete(referenceKey(alert))
    state.forget(alert)
  }
  return {
    ids: hidden.map(({ id }) => id),
    show: () => {
      for (const alert of hidden) {
        for (const observable of alert.observables) space.addObservable(observable)
        space.alertByReference.set(referenceKey(alert), alert)
        state.keep(space.alerts.add(alert))
      }
    },
  }
}
