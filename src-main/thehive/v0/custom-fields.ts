import type { CustomFieldValue } from '#shared/model/alert.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'
import type { OlderApi } from './older-api.ts'

/** `{name: {type: value, order}}`; a value that is no plain one is kept as its JSON text. */
export function readCustomFields(row: Row): CustomFieldValue[] {
  const given = row['customFields']
  if (given === undefined || given === null) return []
  return Object.entries(wire.asRow(given, 'customFields')).map(([name, field]) => {
    const { order, ...typed } = wire.asRow(field, `customFields.${name}`)
    const [type = 'string', value = null] = Object.entries(typed)[0] ?? []
    return {
      name,
      type,
      value: plain(value),
      ...(typeof order === 'number' && { order }),
    }
  })
}

function plain(value: unknown): CustomFieldValue['value'] {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean)
}

/** The full set; a name can hold one value here, so of several the last one counts. */
export function customFieldsBody(
  fields: readonly CustomFieldValue[],
  { flavour }: Pick<OlderApi, 'flavour'>,
): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    fields.map(({ name, type, value, order }) => [
      name,
      { [typeKey(type, value, flavour)]: value, ...(order !== undefined && { order }) },
    ]),
  )
}

const typeKeys = {
  thehive3: ['string', 'number', 'date', 'boolean'],
  thehive4: ['string', 'integer', 'float', 'date', 'boolean'],
} as const

/** TheHive 3 knows one kind of number, TheHive 4 two; everything unknown travels by the kind of its value. */
function typeKey(type: string, value: CustomFieldValue['value'], flavour: OlderApi['flavour']): string {
  const known: readonly string[] = typeKeys[flavour]
  if (known.includes(type)) return type
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'number') return 'string'
  if (flavour === 'thehive3') return 'number'
  return Number.isInteger(value) ? 'integer' : 'float'
}
