import { badRequest, HiveError } from '../state/errors.ts'

/** A field that is missing or of the wrong form. */
export class FieldError extends HiveError {
  readonly field: string
  readonly isMissing: boolean

  constructor(field: string, message: string, isMissing = false) {
    super(400, 'BadRequest', message)
    this.field = field
    this.isMissing = isMissing
  }
}

/** Lengths in characters; numbers in the unit of the field. */
type Text = { min?: number; max: number }

export type FieldsReader = {
  raw: Record<string, unknown>
  has: (key: string) => boolean
  text: (key: string, limits: Text) => string | undefined
  requiredText: (key: string, limits: Text) => string
  /** As `text`, and null clears. */
  clearable: (key: string, limits: Text) => string | null | undefined
  oneOf: (key: string, values: readonly number[]) => number | undefined
  integer: (key: string) => number | undefined
  boolean: (key: string) => boolean | undefined
  tags: (key: string) => string[] | undefined
  list: (key: string) => unknown[]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the fields of a JSON object with TheHive 5's types and limits; anything else is a 400 that names the field. */
export function readFields(body: unknown): FieldsReader {
  if (!isObject(body)) throw badRequest('A JSON object is expected')
  const wrong = (key: string, wanted: string) =>
    new FieldError(key, `Invalid value for field ${key}: ${wanted} is expected`)
  const checked = <V>(key: string, wanted: string, fits: (value: unknown) => value is V): V | undefined => {
    const value = body[key]
    if (value === undefined) return undefined
    if (!fits(value)) throw wrong(key, wanted)
    return value
  }
  const isInteger = (value: unknown): value is number => Number.isSafeInteger(value)
  const text: FieldsReader['text'] = (key, { min = 1, max }) =>
    checked(key, `a text of ${min} to ${max} characters`, (value): value is string => isText(value, min, max))
  return {
    raw: body,
    has: (key) => body[key] !== undefined,
    text,
    requiredText: (key, limits) => {
      const value = text(key, limits)
      if (value === undefined) throw new FieldError(key, `Field ${key} is required`, true)
      return value
    },
    clearable: (key, limits) => (body[key] === null ? null : text(key, limits)),
    oneOf: (key, values) =>
      checked(key, `one of ${values.join()}`, (value): value is number => values.includes(value as number)),
    integer: (key) => checked(key, 'an integer', isInteger),
    boolean: (key) => checked(key, 'a boolean', (value): value is boolean => typeof value === 'boolean'),
    tags: (key) =>
      checked(key, 'a list of texts of 1 to 128 characters', (value): value is string[] => isTexts(value)),
    list: (key) => checked(key, 'a list', (value): value is unknown[] => Array.isArray(value)) ?? [],
  }
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => isText(item, 1, 128))
}
