import { papValues, severityNames, tlpValues } from '../model/scales.ts'
import { anyOf } from './build.ts'
import { opposedIf, orderOperatorOf } from './comparison.ts'
import type { OrderedField } from './fields.ts'
import type { Filter } from './filter.ts'
import { isMoment } from './moment.ts'
import type { Outcome, Typed } from './typed.ts'
import type { Value } from './tokens.ts'

/** How a value is read, and what to say when it is none. */
type Scale = { read: (text: string) => string | number | undefined; help: string }

const severities = [1, 2, 3, 4] as const
const named = (values: readonly string[]) => (text: string) => {
  const plain = text.toLowerCase().replace('+', '-').replace('white', 'clear')
  return values.find((value) => value === plain)
}

export const scales: Readonly<Record<'severity' | 'tlp' | 'pap' | 'number' | 'date', Scale>> = {
  severity: {
    read: (text) =>
      severities.find(
        (one) => severityNames[one].toLowerCase() === text.toLowerCase() || String(one) === text,
      ),
    help: 'Severities are low, medium, high, critical',
  },
  tlp: { read: named(tlpValues), help: 'TLP is clear, green, amber, amber+strict or red' },
  pap: { read: named(papValues), help: 'PAP is clear, green, amber or red' },
  number: { read: (text) => (/^\d{1,12}$/.test(text) ? Number(text) : undefined), help: 'Write a number' },
  date: {
    read: (text) => (isMoment(text.toLowerCase()) ? text.toLowerCase() : dated(text)),
    help: 'Write a day as 2026-11-01, or -7d, -8h, -30min, today',
  },
}

const dated = (text: string): string | undefined =>
  isMoment(text.toUpperCase()) ? text.toUpperCase() : undefined

/** `key>=value`, `key:a,b`, `key:from..to`, `key:from..`. */
export function readOrdered(
  scale: Scale & { field: OrderedField },
  { key, comparison, values }: Typed,
): Outcome {
  const op = orderOperatorOf(comparison)
  if (op === undefined) return { reason: `Write ${key}: with a colon, or compare with > and <` }
  if (op !== 'eq' && op !== 'ne') {
    const value = values.length === 1 ? scale.read(values[0]?.text ?? '') : undefined
    return value === undefined
      ? { reason: scale.help }
      : { filter: condition({ op, field: scale.field, value }) }
  }
  const parts = values.map((value) => readOne(scale, value))
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length || known.length === 0) return { reason: scale.help }
  return { filter: opposedIf(comparison, joined(scale.field, known)) }
}

function readOne(scale: Scale & { field: OrderedField }, { text }: Value): Filter | undefined {
  const { field } = scale
  const range = /^(.*?)\.\.(.*)$/.exec(text)
  if (range === null) {
    const value = scale.read(text)
    return value === undefined ? undefined : condition({ op: 'eq', field, value })
  }
  const [, low = '', high = ''] = range
  const [from, to] = [scale.read(low), scale.read(high)]
  if (from !== undefined && to !== undefined) return condition({ op: 'between', field, from, to })
  if (from !== undefined && high === '') return condition({ op: 'gte', field, value: from })
  return to !== undefined && low === '' ? condition({ op: 'lte', field, value: to }) : undefined
}

function joined(field: OrderedField, parts: readonly Filter[]): Filter {
  const values = parts.flatMap((part) => (part.op === 'eq' ? [part.value] : []))
  return values.length === parts.length && values.length > 1
    ? condition({ op: 'in', field, values })
    : anyOf(parts)
}

/** The scale that read the values is the field's own, which the compiler cannot follow. */
const condition = (parts: Record<string, unknown>): Filter => parts as Filter
