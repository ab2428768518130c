import type { Bound, CustomTest, Meaning } from '#shared/query/meaning.ts'
import { passesSql } from './filter-sql-text.ts'
import { all, any } from './sql-parts.ts'
import type { Query } from './sql-parts.ts'

const value = `json_extract(c.value, '$.value')`
const type = `coalesce(json_type(c.value, '$.value'), 'null')`

/** A field has no column of its own: the stored alert is read, which is slower than the other conditions. */
export function customSql({ name, tests }: Extract<Meaning, { kind: 'custom' }>): Query {
  const test = any(tests.map(testSql))
  return {
    sql: `EXISTS (SELECT 1 FROM alert_body b, json_each(b.body, '$.customFields') c
      WHERE b.pk = a.pk AND json_extract(c.value, '$.name') = ? AND ${test.sql})`,
    params: [name, ...test.params],
  }
}

function testSql(test: CustomTest): Query {
  switch (test.kind) {
    case 'present':
      return { sql: `${type} <> 'null'`, params: [] }
    case 'text':
      return all([isText, passesSql(test.op, test.value, value)])
    case 'flag':
      return any([{ sql: `${type} = ?`, params: [String(test.value)] }, reads(test.text)])
    case 'number': {
      const number = all([isNumber, ...test.bounds.map(boundSql)])
      return test.text === undefined ? number : any([number, reads(test.text)])
    }
  }
}

const isText: Query = { sql: `${type} = 'text'`, params: [] }
const isNumber: Query = { sql: `${type} IN ('integer', 'real')`, params: [] }
const reads = (text: string): Query => all([isText, { sql: `${value} = ?`, params: [text] }])

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
const boundSql = ({ op, value: limit }: Bound): Query => ({ sql: `${value} ${signs[op]} ?`, params: [limit] })
