import type { Meaning, PlainTextOperator } from '#shared/query/meaning.ts'
import { parseNetwork } from '#shared/query/network.ts'
import { needleOf, prepared } from '#shared/query/text-test.ts'
import { all, always, any, isAmong } from './sql-parts.ts'
import type { Query } from './sql-parts.ts'
import { textNeedle } from './text-query.ts'

type TextMeaning = Extract<Meaning, { kind: 'text' }>

/** Columns that lists can compare, and whether they may be NULL. The plus keeps the planner from leaving the index that gives the order. */
const columns = {
  status: ['+a.status', false],
  stage: ['+a.stage', false],
  type: ['+a.type', false],
  source: ['+a.source', false],
  sourceRef: ['+a.source_ref', false],
  title: ['+a.title', false],
  assignee: ['+a.assignee', true],
  caseId: ['+a.case_id', true],
} as const satisfies Partial<Record<TextMeaning['field'], readonly [string, boolean]>>

/** A part of the stored alert that has no column. */
export const partOfBody = (path: string): string =>
  `(SELECT json_extract(b.body, '$.${path}') FROM alert_body b WHERE b.pk = a.pk)`

export function textSql(meaning: TextMeaning): Query {
  const { field, op, values } = meaning
  switch (field) {
    case 'tags':
      return tagSql(meaning)
    case 'observable':
      return any(values.map((value) => observableSql(op, needleOf(value))))
    case 'observableType':
      return ofObservables(compared(`json_extract(o.body, '$.dataType')`, meaning, true))
    case 'description':
      if (op === 'contains') return any(values.map((value) => withCandidates(value, descriptionHas(value))))
      return compared(partOfBody('description'), meaning, true)
    case 'summary':
    case 'externalLink':
    case 'caseTemplate':
    case 'createdBy':
      return compared(partOfBody(field), meaning, true)
    default: {
      const [column, absent] = columns[field]
      const test = compared(column, meaning, absent)
      const indexed = op === 'contains' && (field === 'title' || field === 'sourceRef')
      return indexed
        ? any(values.map((value) => withCandidates(value, compared(column, { op, values: [value] }, absent))))
        : test
    }
  }
}

/** An SQL expression held to the values: in SQL itself where letters must be equal. */
function compared(value: string, { op, values }: Pick<TextMeaning, 'op' | 'values'>, absent: boolean): Query {
  if (op === 'eq') return isAmong(value, values, absent)
  return any(values.map((wanted) => passesSql(op, wanted, value)))
}

export const passesSql = (op: PlainTextOperator, wanted: string, value: string): Query => ({
  sql: `text_passes('${op}', ?, ${value})`,
  params: [prepared(op, wanted)],
})

function tagSql(meaning: TextMeaning): Query {
  if (meaning.op === 'eq') {
    const { sql, params } = isAmong('tag', meaning.values)
    return { sql: `+a.pk IN (SELECT alert_pk FROM alert_tag WHERE ${sql})`, params }
  }
  const { sql, params } = compared('g.tag', meaning, false)
  return { sql: `EXISTS (SELECT 1 FROM alert_tag g WHERE g.alert_pk = a.pk AND ${sql})`, params }
}

const ofObservables = ({ sql, params }: Query): Query => ({
  sql: `EXISTS (SELECT 1 FROM observable o WHERE o.alert_pk = a.pk AND ${sql})`,
  params,
})

/** `wanted` is folded, as the stored values are. */
function observableSql(op: PlainTextOperator, wanted: string): Query {
  const found = ofObservables({ sql: `any_word_passes('${op}', ?, o.folded)`, params: [wanted] })
  const longest = op === 'like' ? longestPiece(wanted) : wanted
  return withCandidates(longest, found)
}

const longestPiece = (pattern: string): string =>
  pattern.split('*').reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')

/** The description is the second of the folded fields of an alert's text. */
const descriptionHas = (value: string): Query => ({
  sql: `word_passes(1, ?, (SELECT t.folded FROM alert_text t WHERE t.pk = a.pk))`,
  params: [needleOf(value)],
})

/** What must be in an alert's text anyway is asked of the trigram index first. */
function withCandidates(text: string, test: Query): Query {
  const needle = textNeedle(text)
  if (needle.kind !== 'grams') return test
  return all([candidates(needle.match), test])
}

const candidates = (match: string): Query => ({
  sql: '+a.pk IN (SELECT rowid FROM text_index WHERE text_index MATCH ?)',
  params: [match],
})

export function networkSql(text: string): Query {
  const test = ofObservables({ sql: 'in_network(?, o.folded)', params: [text] })
  const network = parseNetwork(text)
  if (network?.version !== 4) return test
  const octets =
    text
      .split('/')[0]
      ?.split('.')
      .slice(0, Math.floor(network.bits / 8)) ?? []
  const start = octets.length === 4 ? octets.join('.') : octets.map((octet) => `${octet}.`).join('')
  return withCandidates(start, test)
}

const containsSql = `
  (instr((SELECT t.folded FROM alert_text t WHERE t.pk = a.pk), ?) > 0
   OR EXISTS (SELECT 1 FROM observable o WHERE o.alert_pk = a.pk AND instr(o.folded, ?) > 0))`

export function searchSql(text: string): Query {
  const needle = textNeedle(text)
  if (needle.kind === 'none') return always
  if (needle.kind === 'short') return passesSql('contains', needle.folded, '+a.title')
  return all([candidates(needle.match), { sql: containsSql, params: [needle.folded, needle.folded] }])
}
