import { severityNames, tlpNames } from '#shared/model/scales.ts'

/** One side of a conflict, in words. Markings by their meaning, custom fields by name. */
export function conflictValue(value: unknown, field: string): string {
  if (value === undefined || value === null || value === '') return '(nothing)'
  if (field === 'severity' && (value === 1 || value === 2 || value === 3 || value === 4))
    return severityNames[value]
  if ((field === 'tlp' || field === 'pap') && isMarking(value)) return tlpNames[value]
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? '(nothing)' : value.map(item).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function item(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, value: own } = value as { name?: unknown; value?: unknown }
  return typeof name === 'string' ? `${name}: ${conflictValue(own, name)}` : JSON.stringify(value)
}

const isMarking = (value: unknown): value is keyof typeof tlpNames =>
  typeof value === 'string' && Object.hasOwn(tlpNames, value)
