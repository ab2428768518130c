import type { CustomFieldValue } from '#shared/model/alert.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'

/** Types whose values are plain; a text of any other type may be JSON that was kept as such. */
const plainTypes: ReadonlySet<string> = new Set(['string', 'integer', 'float', 'boolean', 'date', 'url'])

export function readCustomFields(row: Row): CustomFieldValue[] {
  const given = wire.list(row, 'customFields')
  if (given.length === 0) return []
  return given.map((item) => {
    const field = wire.asRow(item, 'customFields')
    const order = wire.optionalNumber(field, 'order')
    return {
      name: wire.text(field, 'name'),
      type: wire.text(field, 'type'),
      value: readValue(field['value']),
      ...(order !== undefined && { order }),
    }
  })
}

/** A value of a type this Forager does not know is kept as its JSON text. */
function readValue(value: unknown): CustomFieldValue['value'] {
  if (value === undefined || value === null) return null
  if (typeof value === 'object') return JSON.stringify(value)
  return value as string | number | boolean
}

/**
 * The full set as a list: the one form that a repeated request cannot change, because since 5.7.1 the form by name appends
 * (api.md §2.8).
 */
export function customFieldsBody(
  values: readonly CustomFieldValue[],
): { name: string; value: unknown; order?: number }[] {
  return values.map(({ name, type, value, order }) => ({
    name,
    value: plainTypes.has(type) ? value : asSent(value),
    ...(order !== undefined && { order }),
  }))
}

/** What `readValue` kept as JSON text goes back as what it was. */
function asSent(value: CustomFieldValue['value']): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
