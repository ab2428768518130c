import type { CustomFieldChange, CustomFieldEntry } from '../../semantics/legacy/drafts.ts'
import type { HiveState } from '../../state/hive-state.ts'
import type { CustomFieldType } from '../../state/types.ts'
import { isObject, type Json } from '../parameters.ts'
import { wrongFormat, type AttributeError } from './attributes.ts'

/** `string`, `number`, `boolean` and `date` of the wire, the last three of which the state tells apart more finely. */
const wireTypes = ['string', 'number', 'boolean', 'date'] as const
type WireType = (typeof wireTypes)[number]

export function wireTypeOf(type: CustomFieldType): WireType {
  if (type === 'integer' || type === 'float') return 'number'
  return type === 'url' ? 'string' : type
}

function stateType(state: HiveState, name: string, type: WireType): CustomFieldType {
  const defined = state.customFields.find((field) => field.name === name)?.type
  if (defined && wireTypeOf(defined) === type) return defined
  return type === 'number' ? 'float' : type
}

const isWireType = (name: string): name is WireType => (wireTypes as readonly string[]).includes(name)

/** `{"string": v, "order": n}`; undefined when it is not of that shape. */
function readEntry(state: HiveState, name: string, value: unknown): CustomFieldEntry | undefined {
  if (!isObject(value)) return undefined
  const type = Object.keys(value).find(isWireType)
  if (type === undefined) return undefined
  const order = typeof value.order === 'number' ? value.order : undefined
  return { name, type: stateType(state, name, type), value: value[type] ?? null, order }
}

/** A whole set; what does not fit goes to `errors`. */
export function readEntries(state: HiveState, source: unknown, errors: AttributeError[]): CustomFieldEntry[] {
  if (!isObject(source)) return []
  return Object.entries(source).flatMap(([name, value]) => {
    const entry = readEntry(state, name, value)
    if (!entry) errors.push(wrongFormat(`customFields.${name}`, 'custom field', value))
    return entry ?? []
  })
}

/** `customFields`, `customFields.<name>` and `customFields.<name>.<type>` of an update. */
export function readChanges(state: HiveState, body: Json, errors: AttributeError[]): CustomFieldChange[] {
  return Object.entries(body).flatMap(([key, value]): CustomFieldChange[] => {
    if (key === 'customFields') return [{ set: 'all', values: readEntries(state, value, errors) }]
    if (!key.startsWith('customFields.')) return []
    const [, name = '', type] = /^customFields\.(.+?)(?:\.(string|number|boolean|date))?$/.exec(key) ?? []
    if (type !== undefined && isWireType(type)) {
      return [{ set: 'value', name, type: stateType(state, name, type), value: value ?? null }]
    }
    const entry = readEntry(state, name, value)
    if (!entry) errors.push(wrongFormat(key, 'custom field', value))
    return entry ? [{ set: 'one', value: entry }] : []
  })
}
