import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import type { SeenValues } from '#shared/model/seen-values.ts'
import { changesOf } from './changes-of.ts'
import { conflictsWith, mergedWith } from './conflicts.ts'
import type { Compared } from './conflicts.ts'
import { customFieldPrefix, editedNames, mergeFields, shownValue, withValuesOf } from './custom-fields.ts'
import type { FieldEdit } from './custom-fields.ts'
import { definedOf } from './defined-of.ts'
import { namedEditOf } from './fold-alert.ts'
import { saysTheSame } from './is-equal.ts'
import { PendingIndex } from './pending-index.ts'
import { watchedFields, withWanted } from './touched-fields.ts'

/** What is there now of what a decision is about, and which decisions of ours about the very same thing are in it. */
type Now = { seen: Compared; ours: readonly Operation[] }

/**
 * A new decision, made on what is there now, of an edit that began on `before`. What came in between is compared with it at once, as what a
 * pull brings is: texts go together, another value of the same field is put before the analyst, and all else stays as it is now.
 */
export function begunOn(operation: Operation, before: SeenValues, { seen, ours }: Now): Operation {
  const began: Record<string, unknown> = definedOf(before)
  const fields = watchedFields(operation).filter((field) => field in began)
  const begun = fields.reduce((state, field) => onGround(state, field, began[field]), operation)
  const none = new PendingIndex([])
  const conflicts = conflictsWith(begun, seen, none).filter((one) => !ours.some((own) => explains(own, one)))
  const merged = mergedWith(begun, seen, none) ?? begun
  const next = fields.reduce((state, field) => {
    if (field === 'customFields')
      return onFields(state, operation.base[field] as FieldEdit['base'], conflicts)
    const isDisputed = conflicts.some((one) => one.field === field)
    return isDisputed ? state : onGround(state, field, operation.base[field])
  }, merged)
  return conflicts.length === 0 ? next : { ...next, state: 'conflict', conflicts }
}

const onGround = (operation: Operation, field: string, value: unknown): Operation => ({
  ...operation,
  base: { ...operation.base, [field]: value },
})

/** Name by name: what the edit changed, in the whole set of now; a name in conflict keeps the ground the edit began on. */
function onFields(begun: Operation, now: FieldEdit['base'], conflicts: readonly FieldConflict[]): Operation {
  const edit = namedEditOf(begun)
  if (edit === undefined) return begun
  const disputed = conflicts.map(({ field }) => nameIn(field)).filter((name) => name !== undefined)
  const base = disputed.reduce((fields, name) => withValuesOf(fields, name, edit.base), now)
  return onGround(withWanted(begun, 'customFields', mergeFields(edit, now)), 'customFields', base)
}

const nameIn = (field: string): string | undefined =>
  field.startsWith(customFieldPrefix) ? field.slice(customFieldPrefix.length) : undefined

/** Whether a decision of our own, made on what the analyst saw, is what is there instead. */
function explains(own: Operation, { field, base }: FieldConflict): boolean {
  const name = nameIn(field)
  if (name === undefined) return field in changesOf(own) && saysTheSame(own.base[field], base)
  const edit = namedEditOf(own)
  return (
    edit !== undefined && editedNames(edit).includes(name) && saysTheSame(shownValue(edit.base, name), base)
  )
}
