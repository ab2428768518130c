import { allOf } from '#shared/query/build.ts'
import { optionalFields } from '#shared/query/fields.ts'
import type { DateField, OptionalField, TextField } from '#shared/query/fields.ts'
import { everything } from '#shared/query/filter.ts'
import type { Filter, OrderOperator, TextOperator } from '#shared/query/filter.ts'
import { papValues, stages } from '#shared/model/scales.ts'
import type { Severity, Stage } from '#shared/model/scales.ts'
import type { TlpScale } from '../scales.ts'
import { momentOf } from './filter-moment.ts'
import { Unreadable } from './unreadable.ts'

export type FilterOperator = OrderOperator | Exclude<TextOperator, 'contains'>

/** What a filter of the server's can ask of one field. Both throw {@link Unreadable}. */
export type FilterField = { test: (op: FilterOperator, value: unknown) => Filter; isThere: () => Filter }

const texts: Readonly<Record<string, TextField>> = {
  ...{ status: 'status', type: 'type', source: 'source', sourceRef: 'sourceRef', title: 'title' },
  ...{ description: 'description', summary: 'summary', externalLink: 'externalLink', tags: 'tags' },
  ...{ caseTemplate: 'caseTemplate', assignee: 'assignee', caseId: 'caseId', _createdBy: 'createdBy' },
}

/** TheHive finds no `_updatedAt` where nothing was ever changed; here such an alert counts as changed when it was created. */
const dates: Readonly<Record<string, DateField>> = {
  ...{ date: 'date', _createdAt: 'createdAt', _updatedAt: 'updatedAt' },
}

/** @param name as the wire has it */
export function fieldNamed(name: string, scale: TlpScale): FilterField {
  const own = <T>(of: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(of, name) ? of[name] : undefined
  const [text, date] = [own(texts), own(dates)]
  if (text !== undefined) return { test: (op, value) => textTest(text, op, value), isThere: () => has(text) }
  if (date !== undefined) {
    const test = (op: FilterOperator, value: unknown): Filter => {
      return { op: order(op), field: date, value: momentOf(value) }
    }
    return { test, isThere: () => everything }
  }
  if (name.startsWith('customFields.')) return customField(name.slice('customFields.'.length))
  const test = own(scaleTests(scale))
  if (test !== undefined) return { test, isThere: () => everything }
  throw new Unreadable(`Forager does not filter by “${name}”.`)
}

type Test = FilterField['test']

function scaleTests({ fromWire }: TlpScale): Readonly<Record<string, Test>> {
  return {
    severity: (op, value) => ({
      op: order(op),
      field: 'severity',
      value: at([1, 2, 3, 4] as const, Number(value) - 1),
    }),
    tlp: (op, value) => ({ op: order(op), field: 'tlp', value: at(fromWire, value) }),
    pap: (op, value) => ({ op: order(op), field: 'pap', value: at(papValues, value) }),
    stage: (op, value) => {
      const stage = stages.find((one) => one === value)
      if (stage === undefined || (op !== 'eq' && op !== 'ne')) throw new Unreadable('Its stage is unknown.')
      return { op, field: 'stage', value: stage satisfies Stage }
    },
    follow: (op, value) => {
      if (typeof value !== 'boolean' || (op !== 'eq' && op !== 'ne'))
        throw new Unreadable('“follow” is yes or no.')
      return { op: 'eq', field: 'follow', value: op === 'eq' ? value : !value }
    },
  }
}

function at<T extends string | Severity>(values: readonly T[], position: unknown): T {
  const value = typeof position === 'number' ? values[position] : undefined
  if (value === undefined) throw new Unreadable('It holds a level that this server does not have.')
  return value
}

function order(op: FilterOperator): OrderOperator {
  if (op === 'like' || op === 'startsWith' || op === 'endsWith')
    throw new Unreadable('It compares a number or a time as if it were text.')
  return op
}

const has = (field: TextField): Filter => (isOptional(field) ? { op: 'has', field } : everything)

const isOptional = (field: TextField): field is TextField & OptionalField =>
  (optionalFields as readonly string[]).includes(field)

function textTest(field: TextField, op: FilterOperator, value: unknown): Filter {
  if (typeof value !== 'string' || value === '') throw new Unreadable('It compares text with something else.')
  const test: Filter = { op: textOperator(op), field, value: op === 'like' ? pattern(value) : value }
  // What is absent differs from nothing on the server.
  return op === 'ne' && field !== 'tags' ? allOf([has(field), test]) : test
}

/** The server finds a part wherever it stands. */
const pattern = (value: string): string => `*${value.replace(/^\*+|\*+$/g, '')}*`

function textOperator(op: FilterOperator): Exclude<TextOperator, 'contains'> {
  if (op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte')
    throw new Unreadable('It puts texts in an order.')
  return op
}

function customField(name: string): FilterField {
  const field = { field: 'customField', name } as const
  return { test: (op, value) => customTest(field, op, value), isThere: () => ({ op: 'has', ...field }) }
}

function customTest(
  field: { field: 'customField'; name: string },
  op: FilterOperator,
  value: unknown,
): Filter {
  if (op === 'ne')
    return allOf([
      { op: 'has', ...field },
      { op, ...field, value: plain(value) },
    ])
  if (op === 'eq') return { op, ...field, value: plain(value) }
  if (op === 'like' || op === 'startsWith' || op === 'endsWith') {
    if (typeof value !== 'string') throw new Unreadable('It compares text with something else.')
    return { op, ...field, value: op === 'like' ? pattern(value) : value }
  }
  if (typeof value === 'number') return { op, ...field, value }
  return { op, ...field, value: { moment: momentOf(value) } }
}

function plain(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  throw new Unreadable('It compares a custom field with something that is no plain value.')
}
