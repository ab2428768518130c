import { anyOf } from './build.ts'
import { isSizing, opposedIf, orderOperatorOf, textOperatorOf } from './comparison.ts'
import type { CustomValue, Filter } from './filter.ts'
import { isMoment } from './moment.ts'
import type { Outcome, Typed } from './typed.ts'
import type { Value } from './tokens.ts'

/** `cf.name:value`: without quotes a number, a day, `true` and `false` are what they look like. */
export function readCustom({ key, comparison, values }: Typed): Outcome {
  const name = customName(key)
  if (name === '') return { reason: 'Say which custom field, as in cf.name:value' }
  const field = { field: 'customField', name } as const
  const textOp = textOperatorOf(comparison)
  if (textOp !== undefined)
    return { filter: anyOf(values.map(({ text }) => ({ op: textOp, ...field, value: text }))) }
  if (isSizing(comparison)) return readSize(field, { key, comparison, values })
  return {
    filter: opposedIf(
      comparison,
      joined(
        field,
        values.map((value) => readOne(field, value)),
      ),
    ),
  }
}

type Field = { field: 'customField'; name: string }

export function customName(key: string): string {
  const name = key.slice(3)
  return name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/gs, '$1') : name
}

function readSize(field: Field, { comparison, values }: Typed): Outcome {
  const op = orderOperatorOf(comparison)
  const value = values.length === 1 && values[0] ? readValue(values[0]) : undefined
  if (value === undefined || typeof value === 'string' || typeof value === 'boolean')
    return { reason: 'Compare with one number or one day' }
  return op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte' ? { filter: { op, ...field, value } } : {}
}

function readOne(field: Field, value: Value): Filter {
  const { text, quoted } = value
  if (quoted) return { op: 'eq', ...field, value: text }
  if (text.toLowerCase() === 'none') return { op: 'not', of: { op: 'has', ...field } }
  if (text.includes('*')) return { op: 'like', ...field, value: text }
  const range = /^(.+?)\.\.(.+)$/.exec(text)
  const [from, to] = [sizeOf(range?.[1]), sizeOf(range?.[2])]
  if (from !== undefined && to !== undefined) return { op: 'between', ...field, from, to }
  return { op: 'eq', ...field, value: readValue(value) }
}

function sizeOf(text: string | undefined): number | { moment: string } | undefined {
  const value = text === undefined ? undefined : readValue({ text, quoted: false })
  return typeof value === 'number' || typeof value === 'object' ? value : undefined
}

/** What an unquoted text looks like. */
export function readValue({ text, quoted }: Value): CustomValue {
  if (quoted) return text
  if (/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text))) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return isMoment(text) ? { moment: text } : text
}

function joined(field: Field, parts: readonly Filter[]): Filter {
  const values = parts.flatMap((part) =>
    part.op === 'eq' && part.field === 'customField' ? [part.value] : [],
  )
  return values.length === parts.length && values.length > 1 ? { op: 'in', ...field, values } : anyOf(parts)
}
