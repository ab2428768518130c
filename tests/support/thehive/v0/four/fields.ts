import type { CustomFieldInput } from '../../semantics/drafts.ts'
import { HiveError } from '../../state/errors.ts'
import { isObject, type Json } from '../parameters.ts'

/** TheHive 4 reads the fields it knows, refuses their wrong values all at once, and ignores every other key. */

type FieldError = { name: string; type: string; format?: string | undefined; field?: unknown }

export function attributeError(errors: readonly FieldError[]): HiveError {
  const message = errors
    .map(({ name, type, format }) =>
      type === 'MissingAttributeError'
        ? `Attribute ${name} is missing`
        : `Invalid format for ${name}, expected ${format}`,
    )
    .join(', ')
  return new HiveError(400, 'AttributeCheckingError', message, { errors })
}

type Check<V> = { format: string; fits: (value: unknown) => value is V }

const checks = {
  text: { format: 'string', fits: (value: unknown) => typeof value === 'string' } as Check<string>,
  number: { format: 'int', fits: (value: unknown) => Number.isSafeInteger(value) } as Check<number>,
  date: { format: 'date', fits: (value: unknown) => Number.isSafeInteger(value) } as Check<number>,
  flag: { format: 'boolean', fits: (value: unknown) => typeof value === 'boolean' } as Check<boolean>,
  texts: {
    format: 'string[]',
    fits: (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  } as Check<string[]>,
}

/** Reads the fields of `body`; `done` throws when any of them did not fit. */
export function fieldsOf(body: Json, prefix = '') {
  const errors: FieldError[] = []
  const read = <V>(key: string, { format, fits }: Check<V>): V | undefined => {
    const value = body[key]
    if (value === undefined || value === null) return undefined
    if (fits(value)) return value
    errors.push({ name: `${prefix}${key}`, type: 'InvalidFormatAttributeError', format, field: value })
    return undefined
  }
  const orNull = <V>(key: string, value: V | undefined): V | null | undefined =>
    body[key] === null ? null : value
  return {
    text: (key: string) => read(key, checks.text),
    number: (key: string) => read(key, checks.number),
    date: (key: string) => read(key, checks.date),
    flag: (key: string) => read(key, checks.flag),
    texts: (key: string) => read(key, checks.texts),
    clearableText: (key: string) => orNull(key, read(key, checks.text)),
    clearableDate: (key: string) => orNull(key, read(key, checks.date)),
    required: (key: string): string => {
      const value = read(key, checks.text)
      if (value === undefined && (body[key] === undefined || body[key] === null)) {
        errors.push({ name: `${prefix}${key}`, type: 'MissingAttributeError' })
      }
      return value ?? ''
    },
    done: () => {
      if (errors.length > 0) throw attributeError(errors)
    },
  }
}

const valueTypes = ['string', 'integer', 'float', 'number', 'boolean', 'date']

/** `v` or `{"<type>": v, "order": n}`. */
function readEntry(name: string, value: unknown): CustomFieldInput['entries'][number] {
  if (!isObject(value)) return { name, value: value ?? null }
  const type = valueTypes.find((known) => known in value)
  const order = typeof value.order === 'number' ? value.order : undefined
  return { name, value: type === undefined ? null : (value[type] ?? null), order }
}

/** The whole set, as a creation or `customFields` of an update gives it. */
export function readCustomFields(source: unknown): CustomFieldInput | undefined {
  if (!isObject(source)) return undefined
  return { form: 'list', entries: Object.entries(source).map(([name, value]) => readEntry(name, value)) }
}

/** `customFields` replaces the whole set, `customFields.<name>` sets one. */
export function readCustomFieldPatch(body: Json): CustomFieldInput | undefined {
  const whole = readCustomFields(body.customFields)
  const dotted = Object.entries(body).filter(([key]) => key.startsWith('customFields.'))
  if (whole || dotted.length === 0) return whole
  const entries = dotted.map(([key, value]) => readEntry(key.slice('customFields.'.length), value))
  return { form: 'object', entries }
}
