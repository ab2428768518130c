import type { Operation } from '#shared/model/operation.ts'
import { customNames, customValue } from '../hive/custom-names.ts'
import type { Effect, HiveState } from '../hive/hive-state.ts'
import { childOf, entityOf, readKeyOf } from './causes.ts'

/** What a decision would write over: the value somebody else set since its ground was seen. */
export type Risk = {
  field: string
  at: number
  key: string
  /** The value of a custom field the decision is not about: nothing is written over where it is written as it was. */
  kept?: { name: string; value: unknown }
}

type Setting = { hive: HiveState; login: string; resolve: (id: string) => string }

/**
 * What of this decision would write over somebody else's: a value that is not wanted and is not what the analyst had seen. Of a
 * deletion: any value that was not there when it was decided.
 */
export function risksOf(operation: Operation, setting: Setting): Risk[] {
  const id = setting.resolve(childOf(operation) ?? operation.alertId)
  const now = entityOf(operation, id, setting.hive)
  if (now === undefined) return []
  const base = resolvedBase(operation, setting)
  const { customFields: whole, ...wanted } = wantedOf(operation)
  const changed = Object.entries(wanted).filter(([field, mine]) => {
    const theirs = plainly(now[field])
    return field in base && theirs !== plainly(mine) && theirs !== plainly(base[field])
  })
  const risks = changed.flatMap(([field]) => risk(operation, { id, field }, setting))
  return [
    ...strangers(operation, now, setting),
    ...risks,
    ...customRisks(operation, { id, now, whole }, setting),
  ]
}

/** What was deleted before any server had it was nobody else's: what goes in its place is not either. */
function strangers(operation: Operation, now: Record<string, unknown>, { login, resolve }: Setting): Risk[] {
  if (!isDeletion(operation) || childOf(operation)?.startsWith('local:') !== true) return []
  if (now['createdBy'] === login) return []
  return [{ field: 'createdBy', at: Number(now['createdAt']), key: readKeyOf(operation, resolve) }]
}

/** What an edit sets: fields, and custom fields by name. */
export function fieldsSetBy(operation: Operation): string[] {
  if (isDeletion(operation)) return []
  const { customFields: whole, ...wanted } = wantedOf(operation)
  const named = whole === undefined ? [] : customNames(whole, operation.base['customFields'])
  return [...Object.keys(wanted), ...named.map((name) => `customFields.${name}`)]
}

/** A case of ours has the server's id by now, or that of the colleague's case the analyst took instead. */
function resolvedBase({ base }: Operation, { resolve }: Setting): Operation['base'] {
  const { caseId } = base
  return typeof caseId === 'string' ? { ...base, caseId: resolve(caseId) } : base
}

/** What of it a write has really changed. */
export function isWrittenOver({ kept }: Risk, { given }: Effect): boolean {
  if (kept === undefined) return true
  const { customFields } = given as { customFields?: unknown }
  return customFields !== undefined && plainly(customValue(customFields, kept.name)) !== plainly(kept.value)
}

/** Tags have no order; what is absent is null, and so is a text that is empty. */
const plainly = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.toSorted() : value === '' ? null : (value ?? null))

type Place = { id: string; field: string }

function risk(operation: Operation, { id, field }: Place, { hive, login, resolve }: Setting): Risk[] {
  const set = hive.setBy.get(`${id} ${field}`)
  return set === undefined || set.by === login
    ? []
    : [{ field, at: set.at, key: readKeyOf(operation, resolve) }]
}

type Custom = { id: string; now: Record<string, unknown>; whole: unknown }

/** Custom fields name by name: those it sets as other fields are, all others if they are not written as they are. */
function customRisks(operation: Operation, { id, now, whole }: Custom, setting: Setting): Risk[] {
  const base = operation.base['customFields']
  if (base === undefined || (whole === undefined && !isDeletion(operation))) return []
  const theirs = now['customFields']
  const edited = isDeletion(operation) ? customNames(theirs, undefined) : customNames(whole, base)
  const apart = edited.filter((name) => {
    const value = plainly(customValue(theirs, name))
    return value !== plainly(customValue(whole, name)) && value !== plainly(customValue(base, name))
  })
  const others = isDeletion(operation)
    ? []
    : customNames(theirs, undefined).filter((name) => !edited.includes(name))
  return [
    ...apart.flatMap((name) => risk(operation, { id, field: `customFields.${name}` }, setting)),
    ...others.flatMap((name) =>
      risk(operation, { id, field: `customFields.${name}` }, setting).map((one) => ({
        ...one,
        kept: { name, value: customValue(theirs, name) },
      })),
    ),
  ]
}

const isDeletion = ({ kind }: Operation): boolean => kind.endsWith('.delete')

/** By field, the values it wants; of a deletion that nothing is there any more. */
function wantedOf(operation: Operation): Record<string, unknown> {
  const { kind, payload, base } = operation
  if (kind === 'comment.edit') return { message: payload.message }
  if (isDeletion(operation)) return Object.fromEntries(Object.keys(base).map((field) => [field, undefined]))
  return 'change' in payload ? (payload.change as Record<string, unknown>) : {}
}
