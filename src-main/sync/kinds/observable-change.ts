import type { OperationOf } from '#shared/model/operation.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, lookThenDelete, lookThenSend, taken } from './outcome.ts'
import { mustHave, refreshObservables } from './refresh.ts'

async function findObservable(alertId: string, id: string, { server, signal }: StepContext) {
  return (await server.observables(alertId, signal)).find((observable) => observable.id === id)
}

async function isChanged(
  operation: OperationOf<'observable.update'>,
  context: StepContext,
): Promise<StepResult> {
  const { observableId, change } = operation.payload
  const observable = mustHave(await findObservable(operation.alertId, observableId, context), 'observable')
  if (changeHolds(observable, change))
    return alreadyThere(observableId, 'The change was already there; nothing was sent again.', context)
  return comparedWith(operation, observable, context)
}

/** PATCH with full values, tags as add/remove. Inverse: PATCH the base values. */
export const observableUpdate: KindRules<'observable.update'> = {
  send: (operation, context) =>
    lookThenSend(
      () => isChanged(operation, context),
      async () => {
        const { observableId: id, change } = operation.payload
        await context.server.updateObservable({ alertId: operation.alertId, id }, change, context.signal)
        return taken(id, 'The server took the change.', context)
      },
    ),
  probe: isChanged,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}

async function isGone(
  operation: OperationOf<'observable.delete'>,
  context: StepContext,
): Promise<StepResult> {
  const { observableId } = operation.payload
  const observable = await findObservable(operation.alertId, observableId, context)
  if (observable !== undefined) return comparedWith(operation, observable, context)
  return alreadyThere(observableId, 'The observable was already gone.', context)
}

/** Gone is gone. Read first: a colleague's edit is not deleted unseen. Inverse: add the same value or file anew. */
export const observableDelete: KindRules<'observable.delete'> = {
  send: (operation, context) =>
    lookThenDelete(
      () => isGone(operation, context),
      async () => {
        const { alertId, payload } = operation
        await context.server.deleteObservable({ alertId, id: payload.observableId }, context.signal)
        return taken(payload.observableId, 'The server deleted the observable.', context)
      },
    ),
  probe: isGone,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
