import type { Observable } from '#shared/model/observable.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { mustHaveBegunHere } from './began-here.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, Outcome, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, lookThenDelete, lookThenSend, outcomeOf, taken } from './outcome.ts'
import { isMissing, mustHave, refreshObservables } from './refresh.ts'

type Update = OperationOf<'observable.update'>

async function findObservable(alertId: string, id: string, { server, signal }: StepContext) {
  return (await server.observables(alertId, signal)).find((observable) => observable.id === id)
}

function verdict(
  operation: Update,
  { observable, context }: { observable: Observable; context: StepContext },
): StepResult {
  const { observableId, change } = operation.payload
  if (changeHolds(observable, change))
    return alreadyThere(observableId, 'The change was already there; nothing was sent again.', context)
  return comparedWith(operation, observable, context)
}

async function isChanged(operation: Update, context: StepContext): Promise<StepResult> {
  const { observableId } = operation.payload
  const found = await findObservable(operation.alertId, observableId, context)
  return verdict(operation, { observable: mustHave(found, 'observable'), context })
}

/** Of one alert: its list tells of all. */
async function areChanged(operations: readonly Update[], context: StepContext): Promise<Outcome[]> {
  const [first] = operations
  if (first === undefined) return []
  const there = await context.server.observables(first.alertId, context.signal)
  const byId = new Map(there.map((one) => [one.id, one]))
  return operations.map((operation) => {
    const observable = byId.get(operation.payload.observableId)
    return observable === undefined
      ? { error: isMissing('observable') }
      : verdict(operation, { observable, context })
  })
}

async function changeAll(operations: readonly Update[], context: StepContext): Promise<Outcome[]> {
  const seen = await areChanged(operations, context)
  const free = operations.filter((_, at) => 'notYet' in (seen[at] ?? {}))
  const [first] = free
  if (first === undefined) return seen
  const ids = free.map(({ payload }) => payload.observableId)
  const { server, signal } = context
  const results = await server.updateObservables(first.alertId, ids, first.payload.change, signal)
  const sent = results.map((result) => outcomeOf(result, 'The server took the change.', context))
  return operations.map((one, at) => sent[free.indexOf(one)] ?? (seen[at] as Outcome))
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
  many: {
    limit: ({ payload }, { atOnce }) => atOnce.updateObservables(payload.change),
    send: changeAll,
    probe: areChanged,
  },
}

async function isGone(
  operation: OperationOf<'observable.delete'>,
  context: StepContext,
): Promise<StepResult> {
  const { observableId } = operation.payload
  const observable = await findObservable(operation.alertId, observableId, context)
  if (observable === undefined) return alreadyThere(observableId, 'The observable was already gone.', context)
  mustHaveBegunHere(operation, observable, context)
  return comparedWith(operation, observable, context)
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
