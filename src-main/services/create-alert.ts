import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { alertKey } from '#shared/model/alert.ts'
import type { AlertInput } from '#shared/model/alert.ts'
import type { ObservableValue } from '#shared/model/observable.ts'
import { observableMarksSchema } from '#shared/model/observable.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { enqueue, makeOperation, newLocalId } from './queue-operations.ts'

/** type + source + sourceRef are unique together: a twin here, or one still waiting, is refused with its id. */
export async function createAlert(
  { input, values }: { input: AlertInput; values: readonly ObservableValue[] },
  context: ServiceContext,
): Promise<Decided & { alertId: string }> {
  mustBeAble('createAlert', context)
  const twinId = await twinOf(input, context)
  if (twinId !== undefined)
    throw new ForagerError('conflict', 'There already is an alert with this type, source and reference.', {
      did: 'Nothing was created.',
      next: 'Open the existing alert, or give this one another reference.',
      details: { twinId },
    })
  const alertId = newLocalId(context)
  const about = { alert: undefined, alertId, groupId: context.newId() }
  const create = makeOperation({ kind: 'alert.create', payload: { input } }, about, context)
  const operations = [create]
  if (values.length > 0) {
    const payload = {
      marks: observableMarksSchema.parse({ tlp: input.tlp, pap: input.pap }),
      values: values.map((value) => ({ ...value, localId: newLocalId(context) })),
    }
    const add = makeOperation({ kind: 'observable.add-values', payload }, about, context)
    operations.push({ ...add, dependsOn: [create.id] })
  }
  enqueue(operations, context)
  return { groupId: about.groupId, count: operations.length, alertId }
}

function twinOf(input: AlertInput, context: ServiceContext): Promise<string | undefined> {
  const key = alertKey(input)
  const waiting = context.book
    .all()
    .find((one) => one.kind === 'alert.create' && alertKey(one.payload.input) === key)
  return waiting === undefined ? context.alertIdByKey(input) : Promise.resolve(waiting.alertId)
}
