import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { fieldsInConflict, shownValue } from './custom-fields.ts'
import { fieldEditOf } from './fold-alert.ts'
import { isAboutCase } from './fold-case.ts'
import { touchedFields, valueWanted } from './touched-fields.ts'
import { isAboutChild, sameTarget } from './target.ts'
import type { ResolveId } from './target.ts'

/** What a decision is about, as the server has it: an alert, a case, or one child of an alert. */
export type Compared = object & {
  updatedBy?: string | undefined
  updatedAt?: number | undefined
}

/** What an operation must remember: the values the analyst saw in the fields it sets. */
export function baseFor(
  operation: Pick<Operation, 'kind' | 'payload'>,
  seen: Compared | undefined,
): Record<string, unknown> {
  if (seen === undefined) return {}
  return Object.fromEntries(touchedFields(operation).map((field) => [field, valueOf(seen, field)]))
}

/** Our own decisions, in order, and how their ids are to be read. */
export type Ours = { pending: readonly Operation[]; resolveId?: ResolveId | undefined }

/**
 * Fields that both sides set to different values since the decision. Equal edits, and fields an earlier pending decision of
 * ours also sets (its value is what we saw), are no conflict.
 */
export function conflictsWith(operation: Operation, theirs: Compared, ours: Ours): FieldConflict[] {
  const set = new Set(earlierOnSame(operation, ours).flatMap(touchedFields))
  return touchedFields(operation).flatMap((field) => {
    if (set.has(field) || !(field in operation.base)) return []
    if (field === 'customFields') return customFieldConflicts(operation, theirs)
    const base = operation.base[field]
    const mine = valueWanted(operation, field)
    const now = valueOf(theirs, field)
    return now === base || now === mine ? [] : [describe(field, { base, mine, theirs: now }, theirs)]
  })
}

/** Custom fields are compared name by name, so that two people may fill in different ones. */
function customFieldConflicts(operation: Operation, theirs: Compared): FieldConflict[] {
  if (operation.kind !== 'alert.update' && operation.kind !== 'case.update') return []
  const edit = fieldEditOf(operation)
  const now = (theirs as { customFields: CustomFieldValue[] }).customFields
  if (edit === undefined) return []
  return fieldsInConflict(edit, now).map((name) => {
    const values = { base: shownValue(edit.base, name), mine: shownValue(edit.mine, name) }
    return describe(`${customFieldPrefix}${name}`, { ...values, theirs: shownValue(now, name) }, theirs)
  })
}

/** A conflict over one custom field is named by this and the field's name. */
export const customFieldPrefix = 'customFields.'

/** An earlier decision is taken back: later ones that saw its values now stand on what it stood on. */
export function rebasedWithout(
  removed: Operation,
  later: readonly Operation[],
  resolveId?: ResolveId,
): Operation[] {
  return later.flatMap((operation) => {
    if (!sameTarget(operation, removed, resolveId)) return []
    const shared = touchedFields(removed).filter(
      (field) =>
        field in operation.base && isEqual(operation.base[field], valueWanted(removed, field) ?? null),
    )
    if (shared.length === 0) return []
    const base = {
      ...operation.base,
      ...Object.fromEntries(shared.map((field) => [field, removed.base[field]])),
    }
    return [{ ...operation, base }]
  })
}

/** Pending decisions of ours on the same alert (or case), made before this one. */
export function earlierOnSameAlert(operation: Operation, { pending, resolveId = asIs }: Ours): Operation[] {
  const at = pending.findIndex((other) => other.id === operation.id)
  const id = resolveId(operation.alertId)
  return pending.slice(0, Math.max(at, 0)).filter((other) => resolveId(other.alertId) === id)
}

/** The same, about the very same thing: the alert itself, the case, or one and the same child. */
export function earlierOnSame(operation: Operation, ours: Ours): Operation[] {
  return earlierOnSameAlert(operation, ours).filter((other) => sameTarget(operation, other, ours.resolveId))
}

/** True when a new state of the alert itself can contradict the decision. */
export const comparesWithAlert = (operation: Operation): boolean =>
  !isAboutCase(operation) && !isAboutChild(operation)

const asIs: ResolveId = (id) => id

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The read mark is absent where it was never set: that is unread. */
function valueOf(entity: Compared, field: string): unknown {
  return (entity as Record<string, unknown>)[field] ?? (field === 'read' ? false : null)
}

function describe(
  field: string,
  values: Pick<FieldConflict, 'base' | 'mine' | 'theirs'>,
  theirs: Compared,
): FieldConflict {
  return {
    field,
    ...values,
    ...(theirs.updatedBy !== undefined && { theirsBy: theirs.updatedBy }),
    ...(theirs.updatedAt !== undefined && { theirsAt: theirs.updatedAt }),
  }
}
