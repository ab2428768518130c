import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable, ObservableMarks } from '#shared/model/observable.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { Procedure } from '#shared/model/procedure.ts'

type Made = { author: string; createdAt: number }

const made = ({ author, createdAt }: Made) => ({ createdAt, createdBy: author, pending: true })

const observable = (
  what: Pick<Observable, 'id' | 'dataType' | 'data' | 'attachment'>,
  marks: ObservableMarks,
  by: Made,
): Observable => ({ ...marks, ...what, ignoreSimilarity: false, ...made(by) })

/** What an alert created here brings along. */
export function inlineObservables(operation: OperationOf<'alert.create'>): Observable[] {
  const { values, files } = operation.payload
  return [
    ...values.map(({ localId, dataType, data, marks }) =>
      observable({ id: localId, dataType, data }, marks, operation),
    ),
    ...files.map(({ localId, attachment, marks }) =>
      observable({ id: localId, dataType: 'file', attachment }, marks, operation),
    ),
  ]
}

export function addedValues(operation: OperationOf<'observable.add-values'>): Observable[] {
  const { values, marks } = operation.payload
  return values.map(({ localId, dataType, data }) =>
    observable({ id: localId, dataType, data }, marks, operation),
  )
}

/** A zip stands here as the one file it is, until the server has unpacked it. */
export function addedFile(operation: OperationOf<'observable.add-file'>): Observable {
  const { localId, attachment, marks } = operation.payload
  return observable({ id: localId, dataType: 'file', attachment }, marks, operation)
}

export function addedComment(operation: OperationOf<'comment.add'>): Comment {
  const { localId, message } = operation.payload
  return { id: localId, message, edited: false, ...made(operation) }
}

export function addedProcedure(operation: OperationOf<'procedure.add'>): Procedure {
  const { localId, input } = operation.payload
  return { ...input, id: localId, ...made(operation) }
}

export function addedAttachment(operation: OperationOf<'attachment.add'>): AlertAttachment {
  const { localId, attachment } = operation.payload
  return { ...attachment, id: localId, ...made(operation) }
}
