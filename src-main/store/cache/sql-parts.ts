import type { SqlValue } from '../bulk-insert.ts'

/** SQL with bound parameters: only text written in this folder reaches the parser. */
export type Query = { sql: string; params: SqlValue[] }

export const always: Query = { sql: '1', params: [] }
export const never: Query = { sql: '0', params: [] }

const joined = (parts: readonly Query[], word: 'AND' | 'OR'): Query => ({
  sql: `(${parts.map(({ sql }) => sql).join(` ${word} `)})`,
  params: parts.flatMap(({ params }) => params),
})

export function all(parts: readonly Query[]): Query {
  return parts.length > 1 ? joined(parts, 'AND') : (parts[0] ?? always)
}

export function any(parts: readonly Query[]): Query {
  return parts.length > 1 ? joined(parts, 'OR') : (parts[0] ?? never)
}

export const opposite = ({ sql, params }: Query): Query => ({ sql: `NOT ${sql}`, params })

/** `value` is an SQL expression; `absent` says whether it may be NULL, which then counts as a plain no. */
export function isAmong(value: string, values: readonly SqlValue[], absent = false): Query {
  const distinct = [...new Set(values)]
  const test: Query =
    distinct.length === 1
      ? { sql: `${value} = ?`, params: distinct }
      : { sql: `${value} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(distinct)] }
  return absent ? { sql: `coalesce(${test.sql}, 0)`, params: test.params } : test
}
