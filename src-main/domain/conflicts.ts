import type { Alert } from '#shared/model/alert.ts'
import type { FieldConflict, Operation, OperationOf } from '#shared/model/operation.ts'

/** Alert fields whose value at decision time is kept, so that a colleague's edit to the same field is noticed. */
const comparedFields = [
  'status',
  'severity',
  'tlp',
  'pap',
  'assignee',
  'title',
  'description',
  'summary',
] as const

/** The fields an operation sets on the alert itself. Tags, observables and comments commute: they are not listed. */
export function touchedFields(operation: Pick<Operation, 'kind' | 'payload'>): readonly string[] {
  if (operation.kind === 'alert.promote' || operation.kind === 'alert.merge') return ['caseId']
  if (operation.kind !== 'alert.update') return []
  const { change } = operation.payload as OperationOf<'alert.update'>['payload']
  return comparedFields.filter((field) => change[field] !== undefined)
}

/** What an operation must remember: the values the analyst saw in the fields it sets. */
export function baseFor(
  operation: Pick<Operation, 'kind' | 'payload'>,
  seen: Alert | undefined,
): Record<string, unknown> {
  if (seen === undefined) return {}
  return Object.fromEntries(touchedFields(operation).map((field) => [field, valueOf(seen, field)]))
}

/**
 * Fields that both sides set to different values since the decision. Equal edits, and fields an earlier pending decision of
 * ours also sets (its value is what we saw), are no conflict.
 */
export function conflictsWith(
  operation: Operation,
  theirs: Alert,
  pending: readonly Operation[],
): FieldConflict[] {
  const ours = new Set(earlierOnSameAlert(operation, pending).flatMap(touchedFields))
  return touchedFields(operation).flatMap((field) => {
    if (ours.has(field) || !(field in operation.base)) return []
    const base = operation.base[field]
    const mine = valueWanted(operation, field)
    const now = valueOf(theirs, field)
    return now === base || now === mine ? [] : [describe(field, { base, mine, theirs: now }, theirs)]
  })
}

/** An earlier decision is taken back: later ones that saw its values now stand on what it stood on. */
export function rebasedWithout(removed: Operation, later: readonly Operation[]): Operation[] {
  return later.flatMap((operation) => {
    if (operation.alertId !== removed.alertId) return []
    const shared = touchedFields(removed).filter(
      (field) => field in operation.base && operation.base[field] === valueWanted(removed, field),
    )
    if (shared.length === 0) return []
    const base = {
      ...operation.base,
      ...Object.fromEntries(shared.map((field) => [field, removed.base[field]])),
    }
    return [{ ...operation, base }]
  })
}

/** Pending decisions of ours on the same alert, made before this one. */
export function earlierOnSameAlert(operation: Operation, pending: readonly Operation[]): Operation[] {
  const at = pending.findIndex((other) => other.id === operation.id)
  return pending.slice(0, Math.max(at, 0)).filter((other) => other.alertId === operation.alertId)
}

function valueOf(alert: Alert, field: string): unknown {
  return (alert as Record<string, unknown>)[field] ?? null
}

function valueWanted(operation: Operation, field: string): unknown {
  if (operation.kind === 'alert.promote') return operation.payload.predicted.id
  if (operation.kind === 'alert.merge') return operation.payload.caseId
  if (operation.kind === 'alert.update') return (operation.payload.change as Record<string, unknown>)[field]
  return undefined
}

function describe(
  field: string,
  values: Pick<FieldConflict, 'base' | 'mine' | 'theirs'>,
  theirs: Alert,
): FieldConflict {
  return {
    field,
    ...values,
    ...(theirs.updatedBy !== undefined && { theirsBy: theirs.updatedBy }),
    ...(theirs.updatedAt !== undefined && { theirsAt: theirs.updatedAt }),
  }
}
