import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { changesOf, editsTags } from './changes-of.ts'
import { comparedFirst } from './compared-first.ts'
import { mergedText } from './conflicts.ts'
import {
  customFieldPrefix,
  entriesOf,
  fieldsInConflict,
  mergeFields,
  shownValue,
  withValuesOf,
} from './custom-fields.ts'
import type { FieldEdit } from './custom-fields.ts'
import { namedEditOf } from './fold-alert.ts'
import { isEqual, saysTheSame } from './is-equal.ts'
import { sameTarget } from './target.ts'
import type { ResolveId } from './target.ts'
import { isText, valueWanted, watchedFields, withWanted } from './touched-fields.ts'

/** A decision as it was and as it is now; `after` undefined: it is taken back, or given up. */
export type Replaced = { before: Operation; after: Operation | undefined }

/**
 * Later decisions that saw a value of the replaced one stand on what took its place. Where that is a colleague's value that
 * nobody chose to overwrite with the later one, the later one is in conflict itself. Answers those that changed.
 */
export function restacked(
  replaced: Replaced,
  later: readonly Operation[],
  resolveId?: ResolveId,
): Operation[] {
  const under = new Map(changedBy(replaced).map((field) => [field, replaced]))
  const changed: Operation[] = []
  for (const operation of later) {
    if (!sameTarget(operation, replaced.before, resolveId)) continue
    const next = withoutTags(standing(operation, under), replaced)
    if (next !== operation) changed.push(next)
    for (const field of Object.keys(changesOf(operation)))
      if (next === operation) under.delete(field)
      else under.set(field, { before: operation, after: next })
  }
  return changed
}

const changedBy = ({ before, after }: Replaced): string[] =>
  Object.keys({ ...changesOf(before), ...(after && changesOf(after)) })

/** By field, the replaced decision whose value is seen: of several that change it the last. */
type Under = ReadonlyMap<string, Replaced>

function standing(operation: Operation, under: Under): Operation {
  const watched = watchedFields(operation)
  const fields = new Set([...watched, ...Object.keys(changesOf(operation))])
  return [...fields].reduce((state, field) => {
    const below = under.get(field)
    if (below === undefined || !(field in operation.base)) return state
    if (!isEqual(operation.base[field], changesOf(below.before)[field])) return state
    return watched.includes(field) ? onField(state, field, below) : besidesOn(state, field, below)
  }, operation)
}

/** What changes beside what it sets is compared with nothing: remembered is only what it leaves behind when it is given up itself. */
function besidesOn(operation: Operation, field: string, { before, after }: Replaced): Operation {
  const now = after === undefined ? {} : changesOf(after)
  if (field in now) return onGround(operation, field, now[field])
  const conflict = before.conflicts?.find((one) => one.field === field)
  if (conflict !== undefined) return onGround(operation, field, conflict.theirs)
  return field in before.base ? onGround(operation, field, before.base[field]) : operation
}

/** A deletion saw tags that will never be; which of them are somebody else's cannot be told any more. */
function withoutTags(operation: Operation, { before, after }: Replaced): Operation {
  if (after !== undefined || !editsTags(before) || !('tags' in operation.base)) return operation
  const { tags: _unknown, ...base } = operation.base
  return { ...operation, base }
}

function onField(operation: Operation, field: string, { before, after }: Replaced): Operation {
  const now = after === undefined ? {} : changesOf(after)
  if (!(field in now)) return onGivenUp(operation, field, before)
  const values = { base: operation.base[field], mine: valueWanted(operation, field), theirs: now[field] }
  if (isEqual(values.base, values.theirs)) return operation
  if (field === 'customFields') return groundedOn(operation, field, values.theirs)
  const text = mergedText(operation, field, values)
  if (text !== undefined) return onGround(withWanted(operation, field, text), field, values.theirs)
  if (isText(operation, field)) return inConflict(operation, [{ field, ...values }])
  // A deletion behind a text that has a colleague's words by now: compared with the server it will be stopped by them.
  return isMerged({ before, after }, field) ? operation : onGround(operation, field, values.theirs)
}

/** It went on the ground of a colleague's value by itself, not by a choice of the analyst. */
const isMerged = ({ before, after }: Replaced, field: string): boolean =>
  !isEqual(before.base[field], after?.base[field]) &&
  before.conflicts?.some((conflict) => conflict.field === field) !== true

const onGround = (operation: Operation, field: string, value: unknown): Operation =>
  isEqual(operation.base[field], value)
    ? operation
    : { ...operation, base: { ...operation.base, [field]: value } }

/** The same decision on another value: of custom fields the same edit of the same names, in another whole set. */
export function groundedOn(operation: Operation, field: string, value: unknown): Operation {
  if (field !== 'customFields') return onGround(operation, field, value)
  const edit = namedEditOf(operation)
  const base = value as FieldEdit['base']
  const next = edit === undefined ? operation : withWanted(operation, field, mergeFields(edit, base))
  return onGround(next, field, base)
}

/**
 * On what was there before the one that was given up. While that one stood, a colleague's value in this field was taken for its
 * affair, and no pull may bring it again.
 */
export const onOldGround = (operation: Operation, field: string, value: unknown): Operation =>
  comparedFirst(groundedOn(operation, field, value))

/** What it stood on will never be: it stands on the server's value, or is in conflict with it. */
function onGivenUp(operation: Operation, field: string, before: Operation): Operation {
  if (!(field in before.base)) return operation
  const conflicts = before.conflicts ?? []
  if (field === 'customFields') return onGivenUpFields(operation, before, conflicts)
  const grounded = onOldGround(operation, field, before.base[field])
  const conflict = conflicts.find((one) => one.field === field)
  if (conflict === undefined) return grounded
  const mine = valueWanted(operation, field) ?? null
  const values = { ...conflict, mine }
  if (saysTheSame(mine, conflict.theirs)) return onGround(operation, field, conflict.theirs)
  const text = mergedText(operation, field, values)
  if (text !== undefined) return onGround(withWanted(operation, field, text), field, conflict.theirs)
  return inConflict(grounded, [values])
}

function onGivenUpFields(
  operation: Operation,
  before: Operation,
  conflicts: readonly FieldConflict[],
): Operation {
  const base = before.base['customFields'] as FieldEdit['base']
  const grounded = groundedOn(operation, 'customFields', base)
  const edit = namedEditOf(grounded)
  if (edit === undefined) return comparedFirst(grounded)
  const named = conflicts.filter(({ field }) => field.startsWith(customFieldPrefix))
  const now = named.reduce<FieldEdit['base']>((fields, { field, theirs }) => {
    const name = field.slice(customFieldPrefix.length)
    return withValuesOf(fields, name, entriesOf(edit, name, theirs))
  }, base)
  const disputed = fieldsInConflict(edit, now).map((name) => `${customFieldPrefix}${name}`)
  const left = named.filter(({ field }) => disputed.includes(field))
  if (left.length === 0) return grounded
  const mineOf = (field: string) => shownValue(edit.mine, field.slice(customFieldPrefix.length))
  return inConflict(
    grounded,
    left.map((one) => ({ ...one, mine: mineOf(one.field) })),
  )
}

function inConflict(operation: Operation, conflicts: readonly FieldConflict[]): Operation {
  const others = (operation.conflicts ?? []).filter(
    (one) => !conflicts.some(({ field }) => field === one.field),
  )
  return { ...operation, state: 'conflict', conflicts: [...others, ...conflicts] }
}
