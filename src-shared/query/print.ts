import { severityNames } from '../model/scales.ts'
import type { Condition, CustomValue, Filter } from './filter.ts'
import { keys, nameOf } from './keys.ts'
import { isFlag } from './meaning.ts'
import { isNetwork } from './network.ts'
import { isPlain, joiners, quoted } from './quote.ts'
import type { ParseContext } from './typed.ts'
import { readValue } from './read-custom.ts'
import { tokenize } from './tokens.ts'

/** Writes a filter as query text; parseFilter reads the same filter back. */
export function printFilter(filter: Filter, context: ParseContext = {}): string {
  return filter.op === 'any' ? '' : print(filter, context)
}

function print(filter: Filter, context: ParseContext): string {
  switch (filter.op) {
    case 'any':
      return '*'
    case 'and':
    case 'or':
      return filter.of
        .map((part) => (needsGroup(filter.op, part) ? `(${print(part, context)})` : print(part, context)))
        .join(filter.op === 'and' ? ' ' : ' or ')
    case 'not':
      return printOpposite(filter.of, context)
    default:
      return printCondition(filter, context)
  }
}

const needsGroup = (op: 'and' | 'or', part: Filter): boolean =>
  part.op === 'or' || (part.op === 'and' && op === 'and')

function printOpposite(of: Filter, context: ParseContext): string {
  if (of.op === 'has') return `${keyName(of)}:none`
  if (of.op === 'and' || of.op === 'or') return `-(${print(of, context)})`
  const inner = print(of, context)
  return inner.startsWith('-') || inner.startsWith('not ') ? `not ${inner}` : `-${inner}`
}

const keyName = (condition: Condition): string =>
  'name' in condition ? `cf.${printName(condition.name)}` : nameOf(condition.field)
const printName = (name: string): string => (/^[^\s:=<>!~^$*"(),]+$/.test(name) ? name : quoted(name))

const signs = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
const textSigns = { contains: '~', startsWith: '^=', endsWith: '$=', like: '*=' } as const

function printCondition(condition: Condition, context: ParseContext): string {
  const key = keyName(condition)
  const value = (one: unknown): string => printValue(condition, one, context)
  if (condition.op === 'has') return printHas(condition)
  if (condition.field === 'text') return printWord(condition.value)
  switch (condition.op) {
    case 'within':
      return `${key}:${condition.value}`
    case 'between':
      return `${key}:${value(condition.from)}..${value(condition.to)}`
    case 'in':
      return `${key}${colonFor(key, 'eq') ? ':' : '='}${condition.values.map(value).join(',')}`
    case 'contains':
      return `${key}${colonFor(key, 'contains') ? ':' : '~'}${value(condition.value)}`
    case 'like':
      return condition.value.includes('*') && isPlain(condition.value.replaceAll('*', '_'))
        ? `${key}:${condition.value}`
        : `${key}*=${value(condition.value)}`
    case 'startsWith':
    case 'endsWith':
      return `${key}${textSigns[condition.op]}${value(condition.value)}`
    default:
      return `${key}${condition.op === 'eq' && colonFor(key, 'eq') ? ':' : signs[condition.op]}${value(condition.value)}`
  }
}

function printHas(condition: Extract<Condition, { op: 'has' }>): string {
  const key = 'name' in condition ? `cf.${condition.name}` : nameOf(condition.field)
  return `has:${isPlain(key) ? key : quoted(key)}`
}

/** Whether `key:value` means this operator. */
function colonFor(name: string, op: 'eq' | 'contains'): boolean {
  const key = keys[name]
  return key?.kind === 'text' ? key.colon === op : op === 'eq'
}

function printValue(condition: Condition, value: unknown, { me }: ParseContext): string {
  if (condition.field === 'customField') return printCustom(value as CustomValue)
  if (condition.field === 'severity') return severityNames[value as 1 | 2 | 3 | 4].toLowerCase()
  if (isFlag(condition)) return value === true ? 'yes' : 'no'
  if (condition.field === 'stage') return String(value).toLowerCase()
  if (typeof value !== 'string') return String(value)
  const exact = condition.op === 'eq' || condition.op === 'ne' || condition.op === 'in'
  if (exact && condition.field === 'assignee' && value === me) return 'me'
  return isPlain(value) && !hasMeaning(condition, value) ? value : quoted(value)
}

/** Words that mean something else where they stand without quotes. */
function hasMeaning({ field }: Condition, value: string): boolean {
  if (['none', 'me'].includes(value.toLowerCase())) return true
  if (field === 'caseId') return /^#?\d/.test(value)
  return field === 'observable' && isNetwork(value)
}

function printCustom(value: CustomValue): string {
  if (typeof value === 'object') return value.moment
  if (typeof value !== 'string') return String(value)
  const same = readValue({ text: value, quoted: false }) === value
  return same && isPlain(value) && !value.includes('..') && value.toLowerCase() !== 'none'
    ? value
    : quoted(value)
}

/** Bare when it reads back as the same bare word. */
function printWord(text: string): string {
  const [token, ...more] = tokenize(text)
  const same = more.length === 0 && token?.kind === 'word' && !token.value.quoted && token.value.text === text
  return same && text !== '*' && !/[()]/.test(text) && !joiners.has(text.toLowerCase()) ? text : quoted(text)
}
