import type { Operation } from '#shared/model/operation.ts'
import type { EditableKind, OperationEdit } from '#shared/model/operation-edit.ts'
import { basedOnMade } from './based-on-made.ts'
import { changesOf } from './changes-of.ts'
import { comparedFirst } from './compared-first.ts'
import { baseFor } from './conflicts.ts'
import type { Compared } from './conflicts.ts'
import { isEqual } from './is-equal.ts'
import { groundedOn, onOldGround } from './restack.ts'
import { sameTarget } from './target.ts'
import type { ResolveId } from './target.ts'

/** What of a decision can be changed, as it stands; undefined when nothing can. */
export function editOf(operation: Operation): OperationEdit | undefined {
  const { kind, payload } = operation
  switch (kind) {
    case 'alert.create': {
      const { type, source, sourceRef } = payload.input
      return { kind, key: { type, source, sourceRef } }
    }
    case 'alert.update':
      return { kind, change: payload.change }
    case 'case.update':
      return { kind, change: payload.change }
    case 'observable.update':
      return { kind, change: payload.change }
    case 'alert.promote':
      return { kind, choices: payload.choices }
    case 'comment.add':
    case 'comment.edit':
      return { kind, message: payload.message }
    case 'observable.add-values':
    case 'observable.add-file':
      return { kind, marks: payload.marks }
    default:
      return undefined
  }
}

export type Editable = Extract<Operation, { kind: EditableKind }>

type Around = { seen: Compared | undefined; later: readonly Operation[]; resolveId: ResolveId }

/**
 * The decision with another payload. Each field it still sets keeps the base it was decided on; a field it sets now stands on
 * what the next decision of ours about it saw, else on what is there. `changed` are later decisions that saw the old values, also of
 * what it makes.
 */
export function edited(
  before: Editable,
  payload: Editable['payload'],
  { seen, later, resolveId }: Around,
): { operation: Operation; changed: Operation[] } {
  const draft = { kind: before.kind, payload } as Editable
  const following = later.filter((one) => sameTarget(one, before, resolveId))
  const was = changesOf(before)
  const base = Object.keys(changesOf(draft)).map((field): [string, unknown] => {
    if (field in before.base) return [field, before.base[field]]
    const next = following.find((one) => field in one.base)
    return [field, next === undefined ? baseFor(draft, seen)[field] : next.base[field]]
  })
  // What else the base remembers (the tags that were there) is true whatever is decided.
  const untouched = Object.entries(before.base).filter(([field]) => !(field in was))
  const known = [...untouched, ...base.filter(([, value]) => value !== undefined)]
  const operation = { ...before, payload, base: Object.fromEntries(known) } as Editable
  const changed = following.flatMap((one) => basedAnew(one, { before, operation, following }))
  const moved = [...changed, ...basedOnMade({ before, after: operation }, later, resolveId)]
  // A colleague who wanted the same as the old one was in nobody's way; in that of the new one they are.
  return { operation: comparedFirst(operation), changed: moved }
}

type Edit = { before: Editable; operation: Editable; following: readonly Operation[] }

/** A later decision that saw a value of the old one sees that of the new one. */
function basedAnew(later: Operation, { before, operation, following }: Edit): Operation[] {
  const becomes = changesOf(operation)
  const fields = Object.keys({ ...changesOf(before), ...becomes })
  const sees = fields.filter(
    (field) => field in later.base && following.find((one) => field in one.base) === later,
  )
  const moved = sees.reduce<Operation>(
    (state, field) =>
      field in becomes
        ? groundedOn(state, field, becomes[field])
        : onOldGround(state, field, before.base[field]),
    later,
  )
  return isEqual(moved.base, later.base) ? [] : [moved]
}
