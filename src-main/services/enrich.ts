import type { Decided, FileOutcome } from '#shared/contract/alert-calls.ts'
import { asForagerError } from '#shared/errors/convert.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { enqueue, makeOperation, newLocalId, seenAlert } from './queue-operations.ts'

export async function addComment(
  { id, message }: { id: string; message: string },
  context: ServiceContext,
): Promise<Decided> {
  mustBeAble('comment', context)
  const alert = await seenAlert(id, context)
  const groupId = context.newId()
  const draft = { kind: 'comment.add', payload: { localId: newLocalId(context), message } } as const
  enqueue([makeOperation(draft, { alert, alertId: alert.id, groupId }, context)], context)
  return { groupId, count: 1 }
}

/** Equal values given twice are added once: the server keeps one anyway. */
export async function addValues(
  { id, values, marks }: { id: string; values: readonly ObservableValue[]; marks: ObservableMarks },
  context: ServiceContext,
): Promise<Decided> {
  mustBeAble('manageObservable', context)
  const alert = await seenAlert(id, context)
  const distinct = [...new Map(values.map((value) => [`${value.dataType}\n${value.data}`, value])).values()]
  const groupId = context.newId()
  const withIds = distinct.map((value) => ({ ...value, localId: newLocalId(context) }))
  const draft = { kind: 'observable.add-values', payload: { marks, values: withIds } } as const
  enqueue([makeOperation(draft, { alert, alertId: alert.id, groupId }, context)], context)
  return { groupId, count: distinct.length }
}

/** Takes files in: hashed and encrypted under the profile before the drop is acknowledged. */
export type TakeIn = (path: string) => Promise<Specimen>

/** Each file stands for itself: one that cannot be read is named with its reason, the others go on. */
export async function addFiles(
  { id, paths, marks }: { id: string; paths: readonly string[]; marks: ObservableMarks },
  context: ServiceContext & { takeIn: TakeIn },
): Promise<Decided & { files: FileOutcome[] }> {
  mustBeAble('manageObservable', context)
  const alert = await seenAlert(id, context)
  const about = { alert, alertId: alert.id, groupId: context.newId() }
  const files: FileOutcome[] = []
  const operations: Operation[] = []
  for (const path of paths) {
    try {
      const specimen = await context.takeIn(path)
      const { name, size, sha256, contentType } = specimen
      const attachment = { name, size, sha256, contentType }
      const payload = { marks, localId: newLocalId(context), specimenId: specimen.id, attachment }
      operations.push(makeOperation({ kind: 'observable.add-file', payload }, about, context))
      files.push({ name, size, sha256 })
    } catch (thrown) {
      const { message } = asForagerError(thrown)
      files.push({ name: path.split(/[\\/]/).at(-1) ?? path, refused: message })
    }
  }
  if (operations.length > 0) enqueue(operations, context)
  return { groupId: about.groupId, count: operations.length, files }
}
