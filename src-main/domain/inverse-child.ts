import type { Operation } from '#shared/model/operation.ts'
import { clockSkewMs } from './clock-skew.ts'
import { stays } from './put-back.ts'
import type { Inverse, Now, PutBack } from './put-back.ts'
import { restored } from './restored-fields.ts'

type ChildOperation = Exclude<Operation, { kind: `alert.${string}` | `case.${string}` }>

const gone = (what: string): Inverse => stays(`The ${what} is not there any more.`)
const once = (putBack: PutBack): Inverse => ({ putBack: [putBack], left: [] })

/** The inverse of whatever was added to, edited on or deleted from an alert. */
export function inverseOfChild(operation: ChildOperation, now: Now): Inverse {
  const { alertId } = operation
  switch (operation.kind) {
    case 'observable.add-values':
      return valuesGone(operation, now)
    case 'observable.add-file': {
      const { localId, attachment, zip } = operation.payload
      if (zip !== undefined)
        return stays('The server unpacked the zip: which observables came of it is not known here.')
      const there = now.observables.find(
        (one) => one.id === localId || one.attachment?.sha256 === attachment.sha256,
      )
      if (there === undefined) return gone('observable')
      const reason = notOurs(there, operation)
      if (reason !== undefined) return stays(`${attachment.name} stays: ${reason}`)
      return once({ kind: 'observable.delete', alertId, payload: { observableId: there.id } })
    }
    case 'observable.update': {
      const there = now.observables.find((one) => one.id === operation.payload.observableId)
      if (there === undefined) return gone('observable')
      const { change, left } = restored(operation, there)
      if (change === undefined) return { putBack: [], left }
      const payload = { observableId: there.id, change }
      return { putBack: [{ kind: 'observable.update', alertId, payload } as PutBack], left }
    }
    case 'procedure.edit': {
      const there = now.procedures.find((one) => one.id === operation.payload.procedureId)
      if (there === undefined) return gone('procedure')
      const { change, left } = restored(operation, there)
      if (change === undefined) return { putBack: [], left }
      return {
        putBack: [{ kind: 'procedure.edit', alertId, payload: { procedureId: there.id, change } } as PutBack],
        left,
      }
    }
    case 'procedure.add': {
      const there = now.procedures.find((one) => one.id === operation.payload.localId)
      return there
        ? once({ kind: 'procedure.delete', alertId, payload: { procedureId: there.id } })
        : gone('procedure')
    }
    case 'attachment.add': {
      const { localId } = operation.payload
      const there = now.attachments.find((one) => one.id === localId)
      if (there === undefined) return gone('file')
      const reason = notOurs(there, operation)
      if (reason !== undefined) return stays(`${there.name} stays: ${reason}`)
      return once({ kind: 'attachment.delete', alertId, payload: { attachmentId: there.id } })
    }
    case 'comment.add':
    case 'comment.edit':
      return commentBack(operation, now)
    case 'observable.delete':
      return stays('The observable is deleted; add its value or file anew.')
    case 'comment.delete':
      return stays('The comment is deleted; its words are not kept here.')
    case 'procedure.delete':
      return stays('The procedure is deleted; add it anew.')
    case 'attachment.delete':
      return stays('The file is deleted; attach it anew.')
  }
}

function commentBack(
  operation: Extract<ChildOperation, { kind: 'comment.add' | 'comment.edit' }>,
  { comments }: Now,
): Inverse {
  const { alertId, payload, base } = operation
  const id = 'localId' in payload ? payload.localId : payload.commentId
  const there = comments.find((one) => one.id === id)
  if (there === undefined) return gone('comment')
  if (there.message !== payload.message) return stays('The comment was changed again since.')
  if (operation.kind === 'comment.add')
    return once({ kind: 'comment.delete', alertId, payload: { commentId: id } })
  const message = base['message']
  if (typeof message !== 'string' || message === '')
    return stays('What the comment said before is not known here.')
  return once({ kind: 'comment.edit', alertId, payload: { commentId: id, message } })
}

/** Only those that came of this decision. */
function valuesGone(
  operation: Extract<ChildOperation, { kind: 'observable.add-values' }>,
  { observables }: Now,
): Inverse {
  const { alertId, payload } = operation
  const putBack: PutBack[] = []
  const left: string[] = []
  for (const { localId, data, dataType } of payload.values) {
    const there = observables.find(
      (one) => one.id === localId || (one.data === data && one.dataType === dataType),
    )
    const reason = there && notOurs(there, operation)
    if (there === undefined) left.push(`${data} is not there any more.`)
    else if (reason !== undefined) left.push(`${data} stays: ${reason}`)
    else putBack.push({ kind: 'observable.delete', alertId, payload: { observableId: there.id } })
  }
  return { putBack, left }
}

/**
 * The server answers a value or a file that it has with the one that was there: why it did not come of this decision; undefined where
 * it did.
 */
export function notOurs(
  { createdBy, createdAt }: { createdBy: string; createdAt: number },
  { author, firstSentAt, createdAt: decidedAt }: Pick<Operation, 'author' | 'firstSentAt' | 'createdAt'>,
): string | undefined {
  if (createdBy !== author) return `${createdBy} added it.`
  return createdAt < (firstSentAt ?? decidedAt) - clockSkewMs ? 'you had added it before.' : undefined
}
