import { badRequest, forbidden } from '../../state/errors.ts'
import type { Observable, Parent } from '../../state/types.ts'
import { dropUndefined } from '../alerts.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import type { ObservableDraft, ObservablePatch } from '../drafts.ts'
import { attachObservables, dropObservable, type Added } from '../observables.ts'
import { union } from '../tags.ts'

/** TheHive 4's rules for observables: none of them stamps the alert or case they belong to. */

export const permissionFor = (parent: Parent) =>
  parent.kind === 'alert' ? 'manageAlert' : 'manageObservable'

/** Source: an alert or case that is not there or not visible reads as a missing right. */
export function addObservables(
  context: Context,
  parent: Parent | undefined,
  drafts: readonly ObservableDraft[],
): Added {
  if (!parent) throw forbidden()
  requirePermission(context, permissionFor(parent))
  return attachObservables(context, parent, drafts)
}

export type ObservablePatchOfFour = Pick<
  ObservablePatch,
  'dataType' | 'message' | 'tlp' | 'tags' | 'ioc' | 'sighted' | 'ignoreSimilarity'
>

export function checkObservablePatch(
  context: Context,
  observable: Observable,
  patch: ObservablePatchOfFour,
): void {
  requirePermission(context, permissionFor(observable.parent))
  if (patch.dataType === undefined) return
  const type = context.state.observableTypes.find(({ name }) => name === patch.dataType)
  if (!type) throw badRequest(`ObservableType ${patch.dataType} not found`)
  if (type.isAttachment !== (observable.attachment !== undefined)) {
    throw badRequest('Can not update dataType: isAttachment does not match')
  }
}

export function updateObservable(
  context: Context,
  observable: Observable,
  patch: ObservablePatchOfFour,
): void {
  checkObservablePatch(context, observable, patch)
  const { tags, ...plain } = dropUndefined(patch)
  if (!tags && Object.keys(plain).length === 0) return
  context.space.removeObservable(observable)
  Object.assign(observable, plain, tags ? { tags: union(tags) } : {})
  context.space.addObservable(observable)
  context.space.observables.stamp(observable, context.actor.user.login, context.state.clock.now())
  observable.parent.revision++
  context.effect(`update observable ${observable.id}`)
  audit(context, 'update', observable, { details: dropUndefined(patch) })
}

export function deleteObservable(context: Context, observable: Observable): void {
  const { parent } = observable
  requirePermission(context, permissionFor(parent))
  dropObservable(context, observable)
  parent.observables.splice(parent.observables.indexOf(observable), 1)
  parent.revision++
  context.effect(`delete observable ${observable.id}`)
  audit(context, 'delete', observable)
}
