import { severityNames, stages } from '../model/scales.ts'
import type { Severity, Stage } from '../model/scales.ts'
import type { QueueFilter } from './queue-filter.ts'
import { quoteQueueValue, tokenizeQueue } from './queue-tokens.ts'
import type { QueueToken } from './queue-tokens.ts'

export const queueTextKeys = [
  'status',
  'stage',
  'severity',
  'source',
  'type',
  'tag',
  'assignee',
  'case',
] as const
const known: ReadonlySet<string> = new Set(queueTextKeys)
const severities = [1, 2, 3, 4] as const

/** Who `me` is. Without it `assignee:me` is a problem, never a guess. */
export type QueueTextContext = { me?: string | undefined }
/** A token that could not be understood; it is left out of the filter and shown. */
export type QueueTextProblem = { token: string; reason: string }
export type ParsedQueueText = { filter: QueueFilter; problems: QueueTextProblem[] }

/** Reads the query bar. Repeated keys and commas are alternatives; different keys must all hold; the rest is text. */
export function parseQueueText(text: string, context: QueueTextContext = {}): ParsedQueueText {
  const filter: QueueFilter = {}
  const problems: QueueTextProblem[] = []
  const words: string[] = []
  for (const token of tokenizeQueue(text, known)) {
    if (token.key === undefined) words.push(token.values[0]?.text ?? '')
    else {
      const reason = apply(filter, token, context)
      if (reason !== undefined) problems.push({ token: token.raw, reason })
    }
  }
  const search = words.filter((word) => word !== '').join(' ')
  if (search.length > 512)
    problems.push({ token: `${search.slice(0, 24)}…`, reason: 'Text is cut at 512 characters' })
  if (search !== '') filter.text = search.slice(0, 512)
  return { filter, problems }
}

/** Answers why the token was not understood, or nothing. */
function apply(filter: QueueFilter, token: QueueToken, context: QueueTextContext): string | undefined {
  const values = token.values.map((value) => value.text).filter((value) => value !== '')
  if (values.length === 0) return `Say which ${token.key}`
  if (token.negated && token.key !== 'tag') return 'Only -tag: can be excluded'
  if (token.operator !== ':' && token.key !== 'severity') return `Write ${token.key}: with a colon`
  switch (token.key) {
    case 'status':
      filter.statuses = union(filter.statuses, values)
      return undefined
    case 'source':
      filter.sources = union(filter.sources, values)
      return undefined
    case 'type':
      filter.types = union(filter.types, values)
      return undefined
    case 'tag':
      if (token.negated) filter.notTags = union(filter.notTags, values)
      else filter.tags = union(filter.tags, values)
      return undefined
    case 'case':
      if (values.length > 1) return 'One case at a time'
      filter.caseId = values[0]
      return undefined
    case 'stage':
      return applyStages(filter, values)
    case 'severity':
      return applySeverities(filter, token.operator, values)
    default:
      return applyAssignee(filter, token, context)
  }
}

function applyStages(filter: QueueFilter, values: string[]): string | undefined {
  const found: Stage[] = []
  for (const value of values) {
    const stage = stages.find((one) => one.toLowerCase() === value.toLowerCase())
    if (!stage) return `Stages are ${stages.join(', ')}`
    found.push(stage)
  }
  filter.stages = union(filter.stages, found)
  return undefined
}

function applySeverities(filter: QueueFilter, operator: string, values: string[]): string | undefined {
  if (operator !== ':' && values.length > 1) return 'Compare with one severity'
  const found: Severity[] = []
  for (const value of values) {
    const level = severities.find((one) => severityNames[one].toLowerCase() === value.toLowerCase())
    if (!level) return 'Severities are low, medium, high, critical'
    found.push(...severities.filter((one) => compare(one, operator, level)))
  }
  if (found.length === 0) return 'No severity is beyond that'
  filter.severities = union(filter.severities, found).sort((a, b) => a - b)
  return undefined
}

function compare(one: number, operator: string, level: number): boolean {
  if (operator === '>=') return one >= level
  if (operator === '<=') return one <= level
  if (operator === '>') return one > level
  if (operator === '<') return one < level
  return one === level
}

function applyAssignee(
  filter: QueueFilter,
  token: QueueToken,
  context: QueueTextContext,
): string | undefined {
  const [value] = token.values
  if (!value || token.values.length > 1) return 'One assignee at a time'
  if (!value.quoted && value.text.toLowerCase() === 'none') filter.assignee = null
  else if (!value.quoted && value.text.toLowerCase() === 'me') {
    if (context.me === undefined) return 'Nobody is signed in, so there is no “me”'
    filter.assignee = context.me
  } else filter.assignee = value.text
  return undefined
}

function union<T>(before: T[] | undefined, more: readonly T[]): T[] {
  return [...new Set([...(before ?? []), ...more])]
}

/** Writes a filter as query text; {@link parseQueueText} reads the same filter back. */
export function printQueueText(filter: QueueFilter, context: QueueTextContext = {}): string {
  const parts: string[] = []
  const add = (key: string, values: readonly string[] | undefined) => {
    if (values && values.length > 0) parts.push(`${key}:${values.map(printValue).join(',')}`)
  }
  add(
    'stage',
    filter.stages?.map((stage) => stage.toLowerCase()),
  )
  add('status', filter.statuses)
  if (filter.severities && filter.severities.length > 0) parts.push(printSeverities(filter.severities))
  add('source', filter.sources)
  add('type', filter.types)
  add('tag', filter.tags)
  add('-tag', filter.notTags)
  if (filter.assignee === null) parts.push('assignee:none')
  else if (filter.assignee !== undefined) parts.push(`assignee:${printLogin(filter.assignee, context)}`)
  if (filter.caseId !== undefined) parts.push(`case:${printValue(filter.caseId)}`)
  if (filter.text !== undefined && filter.text !== '') parts.push(printSearch(filter.text))
  return parts.join(' ')
}

function printSeverities(levels: readonly Severity[]): string {
  const sorted = [...levels].sort((a, b) => a - b)
  const name = (level: Severity) => severityNames[level].toLowerCase()
  const lowest = sorted[0] ?? 1
  const isUpwards = sorted.length === 5 - lowest && lowest < 4
  return isUpwards ? `severity>=${name(lowest)}` : `severity:${sorted.map(name).join(',')}`
}

function printLogin(login: string, context: QueueTextContext): string {
  if (login === context.me) return 'me'
  return ['me', 'none'].includes(login.toLowerCase()) ? quoteQueueValue(login) : printValue(login)
}

const printValue = (value: string) => (/^[^\s,"]+$/.test(value) ? value : quoteQueueValue(value))

/** Bare when every word reads back as the same bare word, quoted as one phrase otherwise. */
function printSearch(text: string): string {
  const tokens = tokenizeQueue(text, known)
  const same = tokens.map((token) => token.values[0]?.text).join(' ') === text
  const bare = tokens.every((token) => token.key === undefined && !token.values[0]?.quoted)
  return same && bare ? text : quoteQueueValue(text)
}
