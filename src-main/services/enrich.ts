import type { Decided, FileOutcome } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableChange, ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import type { SeenById } from '#shared/model/seen-values.ts'
import type { DecisionContext } from './context.ts'
import { mustBeAble, mustKnowTlp } from './permissions.ts'
import { decideOnAlerts, enqueue, makeOperation, newLocalId } from './queue-operations.ts'
import type { Draft } from './queue-operations.ts'
import { seenAlert, seenChildren } from './seen.ts'
import { takeFiles } from './take-files.ts'
import type { KeptFile, TakeIn } from './take-files.ts'

type OnAlert = { id: string }
type Paths = OnAlert & { paths: readonly string[] }

/** Equal values given twice are added once: the server keeps one anyway. */
export const distinctValues = (values: readonly ObservableValue[]): ObservableValue[] => [
  ...new Map(values.map((value) => [`${value.dataType}\n${value.data}`, value])).values(),
]

export async function addValues(
  { id, values, marks }: OnAlert & { values: readonly ObservableValue[]; marks: ObservableMarks },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('manageObservable', context)
  mustKnowTlp(marks.tlp, context)
  const withIds = distinctValues(values).map((value) => ({ ...value, localId: newLocalId(context) }))
  const draft: Draft = { kind: 'observable.add-values', payload: { marks, values: withIds } }
  return { ...(await decideOnAlerts([id], () => draft, context)), count: withIds.length }
}

export async function addFiles(
  {
    zip,
    marks,
    ...where
  }: Paths & { marks: ObservableMarks; zip?: { password?: string | undefined } | undefined },
  context: DecisionContext & { takeIn: TakeIn },
): Promise<Decided & { files: FileOutcome[] }> {
  mustBeAble('manageObservable', context)
  mustBeAble('fileObservables', context)
  if (zip !== undefined) mustBeAble('zippedObservables', context)
  mustKnowTlp(marks.tlp, context)
  const draftOf = (file: KeptFile): Draft => ({
    kind: 'observable.add-file',
    payload: { ...file, marks, ...(zip !== undefined && { zip }) },
  })
  return sendFiles(where, draftOf, context)
}

/** Files on the alert itself, beside its observables. */
export async function addAttachments(
  where: Paths,
  context: DecisionContext & { takeIn: TakeIn },
): Promise<Decided & { files: FileOutcome[] }> {
  mustBeAble('attachment', context)
  return sendFiles(where, (file) => ({ kind: 'attachment.add', payload: file }), context)
}

async function sendFiles(
  { id, paths }: Paths,
  draftOf: (file: KeptFile) => Draft,
  context: DecisionContext & { takeIn: TakeIn },
): Promise<Decided & { files: FileOutcome[] }> {
  const alert = await seenAlert(id, context)
  const about = { seen: alert, alertId: alert.id, groupId: context.newId() }
  const { kept, files } = await takeFiles(paths, context)
  const operations = kept.map((file) => makeOperation(draftOf(file), about, context))
  if (operations.length > 0) enqueue(operations, context)
  return { groupId: about.groupId, count: operations.length, files }
}

type Several = OnAlert & { observableIds: readonly string[]; before?: SeenById | undefined }

export async function updateObservables(
  { change, ...which }: Several & { change: ObservableChange },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('changeObservable', context)
  mustKnowTlp(change.tlp, context)
  const draftOf = (observableId: string): Draft => ({
    kind: 'observable.update',
    payload: { observableId, change },
  })
  return decideOnObservables(which, draftOf, context)
}

export async function deleteObservables(which: Several, context: DecisionContext): Promise<Decided> {
  mustBeAble('changeObservable', context)
  return decideOnObservables(
    which,
    (observableId) => ({ kind: 'observable.delete', payload: { observableId } }),
    context,
  )
}

/** One operation an observable, one group. Nothing is queued when one of them is not here. */
async function decideOnObservables(
  { id, observableIds, before = {} }: Several,
  draftOf: (observableId: string) => Draft,
  context: DecisionContext,
): Promise<Decided> {
  const { alert, children } = await seenChildren('observable', id, context)
  const known = new Map(children.map((child) => [child.id, child]))
  const groupId = context.newId()
  const ids = new Map(observableIds.map((one) => [context.book.resolveId(one), one]))
  const operations = [...ids].map(([observableId, named]) => {
    const seen = known.get(observableId)
    if (seen === undefined)
      throw new ForagerError('not-found', 'This observable is not in the local copy.', {
        did: 'Nothing was queued.',
        next: 'Open the alert again.',
      })
    const about = { seen, alertId: alert.id, groupId, before: before[named] }
    return makeOperation(draftOf(observableId), about, context)
  })
  enqueue(operations, context)
  return { groupId, count: operations.length }
}
