import type { CustomFieldDefinition } from '#shared/model/catalog.ts'
import { severityNames, tlpNames } from '#shared/model/scales.ts'
import { absoluteTime } from '../../ui/format/age.ts'
import { customPrefix } from './conflict-words.ts'

/** Fields whose number is a moment, beside custom ones of that type. */
const moments: readonly string[] = ['date', 'occurDate', 'startDate', 'endDate']

/** One side of a conflict, in words. Markings by their meaning, moments with their zone, custom fields by name. */
export function conflictValue(
  value: unknown,
  field: string,
  definitions: readonly CustomFieldDefinition[] = [],
): string {
  if (value === undefined || value === null || value === '') return '(nothing)'
  if (field === 'severity' && (value === 1 || value === 2 || value === 3 || value === 4))
    return severityNames[value]
  if ((field === 'tlp' || field === 'pap') && isMarking(value)) return tlpNames[value]
  if (typeof value === 'number' && isMoment(field, definitions)) return absoluteTime(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.length === 0 ? '(nothing)' : value.map((one) => item(one, field, definitions)).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function item(value: unknown, field: string, definitions: readonly CustomFieldDefinition[]): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return conflictValue(value, field, definitions)
  const { name, type, value: own } = value as { name?: unknown; type?: unknown; value?: unknown }
  if (typeof name !== 'string') return JSON.stringify(value)
  return `${name}: ${conflictValue(own, type === 'date' ? 'date' : `${customPrefix}${name}`, definitions)}`
}

const isMoment = (field: string, definitions: readonly CustomFieldDefinition[]): boolean =>
  moments.includes(field) ||
  definitions.some(({ name, type }) => type === 'date' && field === `${customPrefix}${name}`)

const isMarking = (value: unknown): value is keyof typeof tlpNames =>
  typeof value === 'string' && Object.hasOwn(tlpNames, value)
