import { papValues, tlpValues } from '#shared/model/scales.ts'
import { conjunctsOf, isCondition } from '#shared/query/build.ts'
import type { Condition, Filter } from '#shared/query/filter.ts'
import { isWithin } from '#shared/query/intervals.ts'
import { meaningOf } from '#shared/query/meaning.ts'
import type { Meaning } from '#shared/query/meaning.ts'
import type { Interval } from '#shared/query/moment.ts'
import type { QueueSort } from '#shared/query/queue-sort.ts'
import { customSql } from './filter-sql-custom.ts'
import { networkSql, partOfBody, searchSql, textSql } from './filter-sql-text.ts'
import { all, always, any, isAmong, opposite } from './sql-parts.ts'
import type { Query } from './sql-parts.ts'
import { dateLimit } from './stored-forms.ts'

/** The walk a list makes, and the moment (ms) that relative times start from. */
export type Walk = { sort: QueueSort['field']; now: number }

/**
 * What must hold of `alert a`, one entry a part of the outermost and: those may use the index that gives the order; everything
 * below them is told while walking it. Every part is 0 or 1, never NULL, so that its opposite is right.
 */
export function filterSql(filter: Filter, walk: Walk): Query[] {
  return conjunctsOf(filter).map((part) => outermost(part, walk) ?? sqlOf(part, walk))
}

function sqlOf(filter: Filter, walk: Walk): Query {
  switch (filter.op) {
    case 'any':
      return always
    case 'and':
      return all(filter.of.map((part) => sqlOf(part, walk)))
    case 'or':
      return any(filter.of.map((part) => sqlOf(part, walk)))
    case 'not':
      return opposite(sqlOf(filter.of, walk))
    default:
      return conditionSql(filter, walk)
  }
}

function conditionSql(condition: Condition, walk: Walk): Query {
  const meaning = meaningOf(condition, walk.now)
  switch (meaning.kind) {
    case 'opposite':
      return opposite(sqlOf(meaning.of, walk))
    case 'text':
      return textSql(meaning)
    case 'ordered':
      return orderedSql(meaning, walk)
    case 'flag':
      return flagSql(meaning)
    case 'has':
      return { sql: presence[meaning.field], params: [] }
    case 'network':
      return networkSql(meaning.value)
    case 'search':
      return searchSql(meaning.value)
    case 'custom':
      return customSql(meaning)
  }
}

const presence: Record<Extract<Meaning, { kind: 'has' }>['field'], string> = {
  assignee: '+a.assignee IS NOT NULL',
  caseId: '+a.case_id IS NOT NULL',
  tags: 'EXISTS (SELECT 1 FROM alert_tag g WHERE g.alert_pk = a.pk)',
  caseTemplate: `${partOfBody('caseTemplate')} IS NOT NULL`,
  summary: `${partOfBody('summary')} IS NOT NULL`,
  externalLink: `${partOfBody('externalLink')} IS NOT NULL`,
}

function flagSql({ field, value }: Extract<Meaning, { kind: 'flag' }>): Query {
  const wanted = value ? 1 : 0
  if (field === 'gone')
    return { sql: 'EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk) = ?', params: [wanted] }
  const read = `coalesce(${partOfBody('read')}, a.stage <> 'New')`
  return { sql: `${field === 'read' ? read : partOfBody('follow')} = ?`, params: [wanted] }
}

const severities = [1, 2, 3, 4] as const

function orderedSql({ field, intervals }: Extract<Meaning, { kind: 'ordered' }>, { sort }: Walk): Query {
  const ranked = <T>(values: readonly T[]): T[] => values.filter((_, rank) => isWithin(rank, intervals))
  switch (field) {
    case 'severity':
      return isAmong(
        '+a.severity',
        severities.filter((one) => isWithin(one, intervals)),
      )
    case 'tlp':
      return isAmong('+a.tlp', ranked(tlpValues))
    case 'pap':
      return isAmong('+a.pap', ranked(papValues))
    case 'date':
      // The urgency holds the date too, and stands in the index that such a list walks.
      return rangesSql(sort === 'severity' ? `(a.urgency % ${dateLimit})` : '+a.date', intervals)
    case 'updatedAt':
      return rangesSql('+a.touched_at', intervals)
    case 'createdAt':
      return rangesSql(partOfBody('createdAt'), intervals)
    case 'observableCount':
      return rangesSql('+a.observable_count', intervals)
    case 'caseNumber': {
      const { sql, params } = rangesSql('n.number', intervals)
      return { sql: `coalesce(+a.case_id IN (SELECT n.id FROM case_ n WHERE ${sql}), 0)`, params }
    }
  }
}

function rangesSql(value: string, intervals: readonly Interval[]): Query {
  return any(
    intervals.map(({ from, to }) =>
      all([
        ...(from === -Infinity ? [] : [{ sql: `${value} >= ?`, params: [from] }]),
        ...(to === Infinity ? [] : [{ sql: `${value} <= ?`, params: [to] }]),
      ]),
    ),
  )
}

const columns = {
  status: 'a.status',
  type: 'a.type',
  source: 'a.source',
  assignee: 'a.assignee',
  caseId: 'a.case_id',
  sourceRef: 'a.source_ref',
} as const

/** The parts for which an index is worth more than the walk, or gives the walk itself. */
function outermost(part: Filter, walk: Walk): Query | undefined {
  if (!isCondition(part)) return undefined
  const meaning = meaningOf(part, walk.now)
  if (meaning.kind === 'ordered') return outermostDate(meaning, walk)
  if (meaning.kind !== 'text' || meaning.op !== 'eq') return undefined
  if (meaning.field === 'stage') return stageSql(meaning.values, walk)
  const [value, ...more] = meaning.values
  const column = Object.hasOwn(columns, meaning.field) && columns[meaning.field as keyof typeof columns]
  return column && value !== undefined && more.length === 0
    ? { sql: `${column} = ?`, params: [value] }
    : undefined
}

/** Indexes know the two stages of the inbox, and one stage by date; anything else is told while walking the order. */
function stageSql(values: readonly string[], { sort }: Walk): Query {
  const wanted = new Set(values)
  if (wanted.size === 2 && wanted.has('New') && wanted.has('InProgress'))
    return { sql: 'a.inbox = 1', params: [] }
  return isAmong(sort === 'date' && wanted.size === 1 ? 'a.stage' : '+a.stage', values)
}

/** A range of what the list is ordered by is a part of the index. */
function outermostDate(
  { field, intervals }: Extract<Meaning, { kind: 'ordered' }>,
  { sort }: Walk,
): Query | undefined {
  if (field !== sort || field === 'severity' || intervals.length !== 1) return undefined
  return rangesSql(field === 'date' ? 'a.date' : 'a.touched_at', intervals)
}
