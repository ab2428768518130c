import { referenceKey } from '../../state/space.ts'
import type { Alert } from '../../state/types.ts'
import { audit } from '../audits.ts'
import type { Context } from '../context.ts'
import { dropObservable } from '../observables.ts'

/** Takes the alert and its observables away; what was copied into its case stays there. */
export function removeAlert(context: Context, alert: Alert): void {
  const { state, space } = context
  for (const observable of alert.observables) dropObservable(context, observable)
  detachFromCase(context, alert)
  space.alerts.remove(alert)
  if (space.alertByReference.get(referenceKey(alert)) === alert) {
    space.alertByReference.delete(referenceKey(alert))
  }
  state.forget(alert)
  context.effect(`delete alert ${alert.id}`)
  audit(context, 'delete', alert, { details: { title: alert.title } })
}

/** The case forgets the alert; the alert's own link is the caller's. */
export function detachFromCase(context: Context, alert: Alert): void {
  const linked = alert.caseId === undefined ? undefined : context.state.find('case', alert.caseId)
  const at = linked?.alerts.indexOf(alert) ?? -1
  if (!linked || at < 0) return
  linked.alerts.splice(at, 1)
  linked.revision++
}
