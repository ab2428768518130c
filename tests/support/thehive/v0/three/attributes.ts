import { HiveError } from '../../state/errors.ts'
import { isObject, type Json } from '../parameters.ts'

/** TheHive 3 declares each model's attributes and refuses, all at once, whatever does not fit them. */

export type Format =
  'string' | 'number' | 'boolean' | 'date' | 'strings' | 'object' | 'objects' | readonly (string | number)[]

export type Attribute = { format: Format; required?: boolean; readonly?: boolean }

export type AttributeModel = { table: string; attributes: Readonly<Record<string, Attribute>> }

export type AttributeError = { name: string; type: string; message: string; value?: unknown; format?: string }

export const unknownAttribute = (name: string, value: unknown): AttributeError => ({
  ...{ name, type: 'UnknownAttributeError', message: `Unknown attribute ${name}`, value },
})

export const readOnly = (name: string): AttributeError => ({
  ...{ name, type: 'UpdateReadOnlyAttributeError', message: `Attribute ${name} is read-only` },
})

export const missing = (name: string): AttributeError => ({
  ...{ name, type: 'MissingAttributeError', message: `Attribute ${name} is missing` },
})

export const wrongFormat = (name: string, format: string, value: unknown): AttributeError => ({
  ...{ name, type: 'InvalidFormatAttributeError', message: `Invalid format for ${name}` },
  ...{ format, value },
})

/** The body of this refusal has no message of its own. */
export function attributeError(table: string, errors: readonly AttributeError[]): HiveError {
  const details = { message: undefined, tableName: table, errors }
  return new HiveError(
    400,
    'AttributeCheckingError',
    errors.map(({ message }) => message).join(', '),
    details,
  )
}

const isText = (value: unknown) => typeof value === 'string'

/** `20190131T235959+0100` as ms; undefined for anything else. */
export function readDate(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/.exec(
    isText(value) ? (value as string) : '',
  )
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, zone = 'Z'] = parts
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(time) ? undefined : time
}

const fits: Record<Exclude<Format, readonly unknown[]>, (value: unknown) => boolean> = {
  string: isText,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => readDate(value) !== undefined,
  strings: (value) => Array.isArray(value) && value.every(isText),
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
}

/** The errors of one value that is neither absent nor null. */
function errorsOf(name: string, { format }: Attribute, value: unknown): AttributeError[] {
  const isFit = typeof format === 'string' ? fits[format](value) : format.includes(value as never)
  const wanted = typeof format === 'string' ? format : 'enumeration'
  return isFit ? [] : [wrongFormat(name, wanted, value)]
}

const given = (value: unknown) => value !== undefined && value !== null

/** Dotted names such as `customFields.name` are judged by the model's object of that name. */
const attributeOf = ({ attributes }: AttributeModel, name: string): Attribute | undefined => {
  const parent = name.includes('.') ? attributes[name.slice(0, name.indexOf('.'))] : undefined
  return attributes[name] ?? (parent?.format === 'object' ? { format: 'object' } : undefined)
}

/** `body` as it may be stored anew; `more` are errors found elsewhere. */
export function checkCreation(model: AttributeModel, body: Json, more: readonly AttributeError[] = []): Json {
  const errors = [...more]
  for (const [name, value] of Object.entries(body)) {
    const attribute = model.attributes[name]
    if (!attribute) errors.push(unknownAttribute(name, value))
    else if (given(value)) errors.push(...errorsOf(name, attribute, value))
  }
  for (const [name, { required }] of Object.entries(model.attributes)) {
    if (required && !given(body[name])) errors.push(missing(name))
  }
  if (errors.length > 0) throw attributeError(model.table, errors)
  return withDates(model, body)
}

/** `body` as it may be stored over what is there. */
export function checkUpdate(model: AttributeModel, body: Json, more: readonly AttributeError[] = []): Json {
  const errors = [...more]
  for (const [name, value] of Object.entries(body)) {
    const attribute = attributeOf(model, name)
    if (!attribute) errors.push(unknownAttribute(name, value))
    else if (attribute.readonly) errors.push(readOnly(name))
    else if (attribute.required && value === null) errors.push(missing(name))
    else if (given(value) && !name.includes('.')) errors.push(...errorsOf(name, attribute, value))
  }
  if (errors.length > 0) throw attributeError(model.table, errors)
  return withDates(model, body)
}

function withDates({ attributes }: AttributeModel, body: Json): Json {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    attributes[name]?.format === 'date' && given(value) ? readDate(value) : value,
  ])
  return Object.fromEntries(entries) as Json
}
