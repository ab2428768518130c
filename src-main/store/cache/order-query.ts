import type { QueueCursor, QueueFilter, QueueSort } from '#shared/query/queue-filter.ts'
import type { SqlValue } from '../bulk-insert.ts'
import { stages } from '#shared/model/scales.ts'
import { textNeedle } from './text-query.ts'

/** SQL with bound parameters: only text written in this file reaches the parser. */
export type Query = { sql: string; params: SqlValue[] }
type Condition = Query

const sortColumns = { date: 'a.date', severity: 'a.urgency', updatedAt: 'a.touched_at' } as const

/**
 * The row keys of a view, in order. Equal sort values go by row key; severity sorts by date within one severity, so a cursor's
 * value is `urgency` there. Indexes give the order, so nothing is sorted and a page costs its own length.
 */
export function orderQuery(request: {
  filter: QueueFilter
  sort: QueueSort
  after: QueueCursor | undefined
  limit: number
}): Query {
  const column = sortColumns[request.sort.field]
  const { direction, down } = directions[request.sort.direction]
  const conditions = [
    ...stageCondition(request.filter.stages, request.sort),
    ...conditionsOf(request.filter),
    ...(request.after === undefined
      ? []
      : [{ sql: `(${column}, a.pk) ${down} (?, ?)`, params: [request.after.value, request.after.pk] }]),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  return {
    sql: `SELECT a.pk FROM alert a ${where} ORDER BY ${column} ${direction}, a.pk ${direction} LIMIT ?`,
    params: [...conditions.flatMap(({ params }) => params), request.limit],
  }
}

const directions = { asc: { direction: 'ASC', down: '>' }, desc: { direction: 'DESC', down: '<' } } as const

/** The sort value of one row: where a page ended. */
export const cursorValueSql = (sort: QueueSort): string =>
  `SELECT ${sortColumns[sort.field]} FROM alert a WHERE a.pk = ?`

function conditionsOf(filter: QueueFilter): Condition[] {
  return [
    ...anyOf('a.status', filter.statuses),
    ...anyOf('a.severity', filter.severities),
    ...anyOf('a.source', filter.sources),
    ...anyOf('a.type', filter.types),
    ...assigneeCondition(filter.assignee),
    ...(filter.caseId === undefined ? [] : [{ sql: 'a.case_id = ?', params: [filter.caseId] }]),
    ...tagConditions(filter),
    ...textCondition(filter.text),
  ]
}

/** Indexes know the two stages of the inbox, and one stage by date; anything else is told while walking the order. */
function stageCondition(wanted: QueueFilter['stages'], { field }: QueueSort): Condition[] {
  const distinct = new Set(wanted)
  if (distinct.size === stages.length) return []
  if (distinct.size === 2 && distinct.has('New') && distinct.has('InProgress'))
    return [{ sql: 'a.inbox = 1', params: [] }]
  return anyOf(field === 'date' ? 'a.stage' : '+a.stage', wanted)
}

function anyOf(column: string, values: readonly SqlValue[] | undefined): Condition[] {
  if (values === undefined || values.length === 0) return []
  const distinct = [...new Set(values)]
  if (distinct.length === 1) return [{ sql: `${column} = ?`, params: distinct }]
  // The plus keeps the planner from leaving the index that gives the order.
  return [{ sql: `+${column} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(distinct)] }]
}

function assigneeCondition(assignee: QueueFilter['assignee']): Condition[] {
  if (assignee === undefined) return []
  if (assignee === null) return [{ sql: 'a.assignee IS NULL', params: [] }]
  return [{ sql: 'a.assignee = ?', params: [assignee] }]
}

const taggedSql = 'SELECT alert_pk FROM alert_tag WHERE tag IN (SELECT value FROM json_each(?))'

function tagConditions({ tags, notTags }: QueueFilter): Condition[] {
  const having =
    tags === undefined || tags.length === 0
      ? []
      : [{ sql: `+a.pk IN (${taggedSql})`, params: [JSON.stringify(tags)] }]
  const lacking =
    notTags === undefined || notTags.length === 0
      ? []
      : [{ sql: `+a.pk NOT IN (${taggedSql})`, params: [JSON.stringify(notTags)] }]
  return [...having, ...lacking]
}

const containsSql = `
  (instr((SELECT t.folded FROM alert_text t WHERE t.pk = a.pk), ?) > 0
   OR EXISTS (SELECT 1 FROM observable o WHERE o.alert_pk = a.pk AND instr(o.folded, ?) > 0))`

function textCondition(text: string | undefined): Condition[] {
  const needle = textNeedle(text)
  if (needle.kind === 'none') return []
  if (needle.kind === 'short') return [{ sql: `a.title LIKE ? ESCAPE '\\'`, params: [needle.like] }]
  return [
    {
      sql: `+a.pk IN (SELECT rowid FROM text_index WHERE text_index MATCH ?) AND ${containsSql}`,
      params: [needle.match, needle.folded, needle.folded],
    },
  ]
}
