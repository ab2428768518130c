import { ForagerError } from '#shared/errors/forager-error.ts'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { Status } from '#shared/model/catalog.ts'
import { mergeFields, valuesOf } from '../domain/custom-fields.ts'
import type { DecisionContext } from './context.ts'

/** The status by this name, or a refusal that says what to do. */
export function knownStatus(value: string, statuses: readonly Status[]): Status {
  const status = statuses.find((one) => one.value === value)
  if (status !== undefined) return status
  throw new ForagerError('rejected', `The server has no status called ${value}.`, {
    did: 'Nothing was queued.',
    next: 'Pick one of the listed statuses.',
  })
}

/** A field the server does not define is refused there, with everything beside it. */
export function mustKnowFields(
  fields: readonly Pick<CustomFieldValue, 'name'>[],
  { catalog }: Pick<DecisionContext, 'catalog'>,
): void {
  const known = new Set(catalog().customFields.map(({ name }) => name))
  const unknown = fields.find(({ name }) => !known.has(name))
  if (unknown === undefined) return
  throw new ForagerError('rejected', `The server has no custom field called ${unknown.name}.`, {
    did: 'Nothing was queued.',
    next: 'Pick one of the listed fields.',
  })
}

type Fielded = { customFields?: readonly CustomFieldValue[] | undefined }

/**
 * A server refuses to close while a mandatory custom field that is on the entity has no value (api.md §2.7): when it has been changed so, by an
 * edit that may have begun on other fields than it has now.
 */
export function mustHaveMandatory(
  what: { title: string; customFields: readonly CustomFieldValue[] },
  { change, before }: { change: Fielded; before: Fielded | undefined },
  { catalog }: Pick<DecisionContext, 'catalog'>,
): void {
  const now = what.customFields
  const base = before?.customFields ?? now
  const fields = mergeFields({ base, mine: change.customFields ?? base }, now)
  const on = new Set(fields.map(({ name }) => name))
  const empty = catalog().customFields.filter(
    ({ name, mandatory }) => mandatory && on.has(name) && valuesOf(fields, name).length === 0,
  )
  if (empty.length === 0) return
  const names = empty.map(({ displayName }) => displayName).join(', ')
  throw new ForagerError('rejected', `“${what.title}” cannot be closed while ${names} is empty.`, {
    did: 'Nothing was queued.',
    next: 'Fill it in, then close.',
    details: { fields: names },
  })
}
