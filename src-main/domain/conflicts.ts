import type { Alert } from '#shared/model/alert.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { isRead } from '#shared/query/subject.ts'
import { changedFields, changesOf, editsTags } from './changes-of.ts'
import { customFieldPrefix, fieldsApart, fieldsInConflict, shownValue } from './custom-fields.ts'
import type { FieldEdit } from './custom-fields.ts'
import { namedEditOf } from './fold-alert.ts'
import { isAboutCase } from './fold-case.ts'
import { saysTheSame } from './is-equal.ts'
import { mergeText } from './merge-text.ts'
import { isText, touchedFields, valueWanted, watchedFields, withWanted } from './touched-fields.ts'
import type { Ours } from './pending-index.ts'
import { isAboutChild, sameTarget } from './target.ts'

/** What a decision is about, as the server has it: an alert, a case, or one child of an alert. */
export type Compared = object & {
  updatedBy?: string | undefined
  updatedAt?: number | undefined
}

type Draft = Pick<Operation, 'kind' | 'payload'>

/** What an operation must remember: the values the analyst saw in the fields it sets, changes or deletes. */
export function baseFor(draft: Draft, seen: Compared | undefined): Record<string, unknown> {
  if (seen === undefined) return {}
  const fields = new Set([...watchedFields(draft), ...Object.keys(changesOf(draft as Operation))])
  return Object.fromEntries([...fields].map((field) => [field, valueOf(seen, field)]))
}

/**
 * Fields that both sides set to different values since the decision. Equal edits, texts that go together, and fields an
 * earlier pending decision of ours also changes (its value is what we saw), are no conflict.
 */
export function conflictsWith(operation: Operation, theirs: Compared, ours: Ours): FieldConflict[] {
  return comparedFields(operation, ours).flatMap((field) => {
    if (field === 'customFields') return customFieldConflicts(operation, theirs)
    const values = threeValues(operation, field, theirs)
    if (saysTheSame(values.theirs, values.base) || saysTheSame(values.theirs, values.mine)) return []
    if (isFree(operation, field, values.theirs)) return []
    if (isOursInDoubt(operation, field, { now: values.theirs, ours })) return []
    return mergedText(operation, field, values) === undefined ? [describe(field, values, theirs)] : []
  })
}

/** The decision with the server's present values under it, its texts merged with theirs; undefined when that changes nothing. */
export function mergedWith(operation: Operation, theirs: Compared, ours: Ours): Operation | undefined {
  return comparedFields(operation, ours).reduce<Operation | undefined>((merged, field) => {
    const values = threeValues(operation, field, theirs)
    if (saysTheSame(values.theirs, values.base)) return merged
    if (isOursInDoubt(operation, field, { now: values.theirs, ours })) return merged
    const text = mergedText(operation, field, values)
    if (text === undefined) return merged
    const next = withWanted(merged ?? operation, field, text)
    return { ...next, base: { ...next.base, [field]: values.theirs } }
  }, undefined)
}

/** Conflicts over what an earlier decision of ours changes still: they cannot be judged by the server's value yet. */
export function unjudged(operation: Operation, ours: Ours): FieldConflict[] {
  const compared = comparedFields(operation, ours)
  return (operation.conflicts ?? []).filter(({ field }) => {
    const [root = field] = field.split('.')
    return field in operation.base && !compared.includes(root)
  })
}

function comparedFields(operation: Operation, ours: Ours): string[] {
  const changed = new Set(earlierOnSame(operation, ours).flatMap(changedFields))
  return watchedFields(operation).filter((field) => field in operation.base && !changed.has(field))
}

type ThreeValues = Pick<FieldConflict, 'base' | 'mine' | 'theirs'>

function threeValues(operation: Operation, field: string, theirs: Compared): ThreeValues {
  const mine = valueWanted(operation, field) ?? null
  return { base: operation.base[field], mine, theirs: valueOf(theirs, field) }
}

/** Both edits in one text; undefined for other fields, and for texts in which both changed the same place. */
export function mergedText(
  operation: Operation,
  field: string,
  { base, mine, theirs }: ThreeValues,
): string | undefined {
  if (!isText(operation, field)) return undefined
  if (typeof base !== 'string' || typeof mine !== 'string' || typeof theirs !== 'string') return undefined
  return mergeText({ base, mine, theirs })
}

/** Custom fields are compared name by name, so that two people may fill in different ones. */
function customFieldConflicts(operation: Operation, theirs: Compared): FieldConflict[] {
  const { customFields: now } = theirs as Pick<Alert, 'customFields'>
  const edit = namedEditOf(operation)
  if (edit !== undefined) return namedConflicts(edit, now, theirs)
  const { customFields: base } = operation.base
  if (operation.kind !== 'alert.delete' || !Array.isArray(base)) return []
  return fieldsApart(base as FieldEdit['base'], now).map((name) => {
    const values = { base: shownValue(base as FieldEdit['base'], name), mine: null }
    return describe(`${customFieldPrefix}${name}`, { ...values, theirs: shownValue(now, name) }, theirs)
  })
}

function namedConflicts(edit: FieldEdit, now: Alert['customFields'], theirs: Compared): FieldConflict[] {
  return fieldsInConflict(edit, now).map((name) => {
    const values = { base: shownValue(edit.base, name), mine: shownValue(edit.mine, name) }
    return describe(`${customFieldPrefix}${name}`, { ...values, theirs: shownValue(now, name) }, theirs)
  })
}

/** Pending decisions of ours on the same alert (or case), made before this one. */
function earlierOnSameAlert(operation: Operation, ours: Ours): Operation[] {
  const earlier: Operation[] = []
  if (ours.get(operation.id) === undefined) return earlier
  for (const other of ours.about(operation.alertId)) {
    if (other.id === operation.id) break
    earlier.push(other)
  }
  return earlier
}

/** The same, about the very same thing: the alert itself, the case, or one and the same child. */
const earlierOnSame = (operation: Operation, ours: Ours): Operation[] =>
  earlierOnSameAlert(operation, ours).filter((other) => sameTarget(operation, other, ours.resolveId))

/** An alert that is in no case can be linked, whichever case it was seen in: nobody's choice is written over. */
const isFree = ({ kind }: Operation, field: string, theirs: unknown): boolean =>
  field === 'caseId' && theirs === null && kind !== 'alert.delete'

type At = { now: unknown; ours: Ours }

/** Whether it is the value of a decision that went out together with this one and may have taken hold. */
const isOursInDoubt = (operation: Operation, field: string, at: At): boolean =>
  wantedInDoubt(operation, field, at).length > 0

/** The decisions in doubt about the very same thing that want the value of this moment. */
function wantedInDoubt(operation: Operation, field: string, { now, ours }: At): Operation[] {
  if (!operation.mustVerify) return []
  return [...ours.about(operation.alertId)].filter(
    (other) =>
      other.mustVerify &&
      sameTarget(operation, other, ours.resolveId) &&
      watchedFields(other).includes(field) &&
      saysTheSame(valueWanted(other, field), now),
  )
}

/**
 * An attempt of unknown outcome that took hold together with later ones: what is there now in each of its fields is what it, or one
 * of those, wanted. Sending it again would undo them for a moment. What it is being asked about together with is no later one: what one of
 * them wanted before the last is there as well where nothing took hold.
 */
export function isSuperseded(operation: Operation, theirs: Compared, ours: Ours): boolean {
  const fields = touchedFields(operation)
  if (!operation.mustVerify || fields.length === 0 || editsTags(operation)) return false
  return fields.every((field) => {
    const now = valueOf(theirs, field)
    if (saysTheSame(valueWanted(operation, field), now)) return true
    return wantedInDoubt(operation, field, { now, ours }).some(({ state }) => state !== 'sending')
  })
}

/** True when a new state of the alert itself can contradict the decision. */
export const comparesWithAlert = (operation: Operation): boolean =>
  !isAboutCase(operation) && !isAboutChild(operation)

/** An alert that no server has seen yet carries no read mark: its stage tells. Tags have no order. */
export function valueOf(entity: Compared, field: string): unknown {
  if (field === 'read') return isRead(entity as Alert)
  const value = (entity as Record<string, unknown>)[field] ?? null
  return field === 'tags' && Array.isArray(value) ? value.toSorted() : value
}

function describe(field: string, values: ThreeValues, theirs: Compared): FieldConflict {
  return {
    field,
    ...values,
    ...(theirs.updatedBy !== undefined && { theirsBy: theirs.updatedBy }),
    ...(theirs.updatedAt !== undefined && { theirsAt: theirs.updatedAt }),
  }
}
