import type { Comment } from '#shared/model/comment.ts'
import type {
  AlertAttachment,
  Observable,
  ObservableChange,
  ObservableMarks,
  ObservableValue,
} from '#shared/model/observable.ts'
import type { Procedure, ProcedureChange, ProcedureInput } from '#shared/model/procedure.ts'
import type { AddedObservables, Upload } from '#main/thehive/port.ts'
import { found, given, retagged } from './hive-state.ts'
import type { HiveState, On } from './hive-state.ts'

/** A file is recognised by its name in here: the hash the server has of it. */
export const sha256Of = (name: string): string => `sha256 of ${name}`

const attachmentOf = ({ name, size, contentType }: Upload) => ({
  ...{ name, size, contentType, sha256: sha256Of(name) },
})

type NewObservable = { alertId: string; marks: ObservableMarks } & Partial<
  Pick<Observable, 'data' | 'attachment'>
> & { dataType: string }

/** Type and value, or the file, are unique in an alert: a second one is told as already there. */
function addObservable(hive: HiveState, by: string, made: NewObservable): AddedObservables {
  hive.mustAlert(made.alertId)
  const { alertId, marks, dataType, data, attachment } = made
  const key = attachment?.sha256 ?? data ?? ''
  const twin = hive.observables
    .all()
    .find(
      (one) =>
        one.alertId === alertId &&
        one.dataType === dataType &&
        (one.attachment?.sha256 ?? one.data ?? '') === key,
    )
  if (twin !== undefined)
    return { added: [], failed: [{ data: key, alreadyThere: true, message: 'already there' }] }
  const observable: On<Observable> = {
    ...(given(marks) as ObservableMarks),
    ...{ id: hive.newId(), alertId, dataType, ignoreSimilarity: false },
    ...given({ data, attachment }),
    ...{ createdAt: hive.world.now(), createdBy: by },
  }
  hive.observables.put(observable.id, observable, hive.visibleAt())
  hive.recount(alertId)
  hive.onEffect({ what: 'observable.add', by, alertId, id: observable.id, given: `${dataType} ${key}` })
  return { added: [plain(observable)], failed: [] }
}

export const addValue = (
  hive: HiveState,
  by: string,
  { value, ...on }: { alertId: string; value: ObservableValue; marks: ObservableMarks },
) => addObservable(hive, by, { ...on, dataType: value.dataType, data: value.data })

export const addFile = (
  hive: HiveState,
  by: string,
  { file, ...on }: { alertId: string; file: Upload; marks: ObservableMarks },
) => addObservable(hive, by, { ...on, dataType: 'file', attachment: attachmentOf(file) })

/** Without the alert it hangs on, as lists answer it. */
export function plain<T extends object>({ alertId: _on, ...child }: On<T>): T {
  return child as unknown as T
}

export function updateObservable(hive: HiveState, by: string, id: string, change: ObservableChange): void {
  const before = found(hive.observables.get(id), 'observable')
  const { addTags, removeTags, ...fields } = change
  const tags = retagged(before.tags, { addTags, removeTags })
  const after = { ...before, ...given(fields), tags, updatedAt: hive.world.now() }
  for (const field of Object.keys(given(fields))) hive.noteField(id, field, by)
  hive.observables.put(id, after as On<Observable>, hive.visibleAt())
  hive.onEffect({ what: 'observable.update', by, alertId: before.alertId, id, given: change })
}

export function deleteObservable(hive: HiveState, by: string, id: string): void {
  const { alertId } = found(hive.observables.get(id), 'observable')
  hive.observables.put(id, undefined, hive.visibleAt())
  hive.recount(alertId)
  hive.thinned.add(alertId)
  hive.onEffect({ what: 'observable.delete', by, alertId, id })
}

export function addComment(hive: HiveState, by: string, alertId: string, message: string): Comment {
  hive.mustAlert(alertId)
  const made = { id: hive.newId(), message, createdAt: hive.world.now(), createdBy: by, edited: false }
  hive.comments.set(made.id, { ...made, alertId })
  hive.onEffect({ what: 'comment.add', by, alertId, id: made.id, given: message })
  return made
}

export function editComment(hive: HiveState, by: string, id: string, message: string): void {
  const before = found(hive.comments.get(id), 'comment')
  hive.comments.set(id, { ...before, message, edited: true })
  hive.noteField(id, 'message', by)
  hive.onEffect({ what: 'comment.edit', by, alertId: before.alertId, id, given: message })
}

export function addProcedure(hive: HiveState, by: string, alertId: string, input: ProcedureInput): Procedure {
  hive.mustAlert(alertId)
  const made: Procedure = {
    ...(given(input) as ProcedureInput),
    ...{ id: hive.newId(), createdAt: hive.world.now(), createdBy: by },
  }
  hive.procedures.set(made.id, { ...made, alertId })
  hive.onEffect({ what: 'procedure.add', by, alertId, id: made.id, given: input.description })
  return made
}

export function editProcedure(hive: HiveState, by: string, id: string, change: ProcedureChange): void {
  const before = found(hive.procedures.get(id), 'procedure')
  const updatedAt = hive.world.now()
  hive.procedures.set(id, { ...before, ...(given(change) as Partial<Procedure>), updatedAt })
  for (const field of Object.keys(given(change))) hive.noteField(id, field, by)
  hive.onEffect({ what: 'procedure.edit', by, alertId: before.alertId, id, given: change })
}

export function addAttachment(hive: HiveState, by: string, alertId: string, file: Upload): AlertAttachment {
  hive.mustAlert(alertId)
  const made = { ...attachmentOf(file), id: hive.newId(), createdAt: hive.world.now(), createdBy: by }
  hive.attachments.set(made.id, { ...made, alertId })
  hive.onEffect({ what: 'attachment.add', by, alertId, id: made.id, given: made.sha256 })
  return made
}

/** A comment, a procedure or an attached file. */
export function deleteChild(
  hive: HiveState,
  by: string,
  what: 'comment' | 'procedure' | 'attachment',
  id: string,
): void {
  const shelf = { comment: hive.comments, procedure: hive.procedures, attachment: hive.attachments }[what]
  const { alertId } = found<{ alertId: string }>(shelf.get(id), what)
  shelf.delete(id)
  hive.onEffect({ what: `${what}.delete`, by, alertId, id })
}
