import type { CustomFieldInput, MarkingInput, TagsPatch } from '../semantics/drafts.ts'
import { badRequest } from '../state/errors.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'

/** A mebibyte of text, which may be empty: the limit of TheHive 5's long fields. */
export const long = { min: 0, max: 1_048_576 }

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, at) => at)

/** Source: until 5.2.0 the TLP ended with 3, RED. */
export const tlpsOf = (server: ServerKind): readonly number[] => upTo(server.atLeast('5.2.0') ? 4 : 3)
export const paps: readonly number[] = upTo(3)
export const severities: readonly number[] = [1, 2, 3, 4]

export const readMarking = (fields: FieldsReader, server: ServerKind): MarkingInput => ({
  severity: fields.oneOf('severity', severities),
  tlp: fields.oneOf('tlp', tlpsOf(server)),
  pap: fields.oneOf('pap', paps),
})

/** Adding and removing single tags came with 5.1.0; before, the keys were unknown and so ignored. */
export const readTagsPatch = (fields: FieldsReader, server: ServerKind): TagsPatch => ({
  tags: fields.tags('tags'),
  ...(server.atLeast('5.1.0')
    ? { addTags: fields.tags('addTags'), removeTags: fields.tags('removeTags') }
    : {}),
})

/** An object by name, or a list of entries with a name each. */
export function readCustomFields(fields: FieldsReader, key = 'customFields'): CustomFieldInput | undefined {
  const value = fields.raw[key]
  if (value === undefined) return undefined
  if (!Array.isArray(value)) {
    const entries = Object.entries(readFields(value).raw).map(([name, item]) => ({ name, value: item }))
    return { form: 'object', entries }
  }
  const entries = value.map((item) => {
    const entry = readFields(item)
    if (!entry.has('value')) throw badRequest('Field value is required')
    return {
      name: entry.requiredText('name', { max: 64 }),
      value: entry.raw.value,
      order: entry.integer('order'),
    }
  })
  return { form: 'list', entries }
}

/** A list of ids or name forms under `key`; it must be there. */
export function readIds(body: unknown, key = 'ids'): string[] {
  const fields = readFields(body)
  if (!fields.has(key)) throw badRequest(`Field ${key} is required`)
  const ids = fields.list(key)
  if (!ids.every((id) => typeof id === 'string')) throw badRequest(`Invalid value for field ${key}`)
  return ids as string[]
}
