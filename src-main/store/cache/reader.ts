import type { Task } from '#shared/model/task.ts'
import type { Connection } from '../open-database.ts'
import type { CacheReader } from '../ports.ts'
import { guarded } from '../sql-errors.ts'
import { parseStored } from './alert-json.ts'
import { createCaseSearch } from './case-search.ts'
import { createDetail } from './detail.ts'
import { createPackReading } from './packed-table.ts'
import { cursorValueSql, orderQuery } from './order-query.ts'
import { createCounts, createQueueRows } from './queue-rows.ts'

/** Lists, details and counts on a read-only connection: each answer is one snapshot, whatever the writer does meanwhile. */
export function createCacheReader(db: Connection): CacheReader {
  const caseBody = db.prepare<[string], string>('SELECT body FROM case_ WHERE id = ?').pluck()
  const findCase: CacheReader['case'] = (id) => {
    const body = caseBody.get(id)
    return body === undefined ? undefined : parseStored(body)
  }
  const tasks = db.prepare<[string], string>('SELECT body FROM task WHERE case_id = ?').pluck()
  const titles = db
    .prepare<[string], [string, string]>(
      'SELECT a.id, a.title FROM json_each(?) j CROSS JOIN alert a ON a.id = j.value',
    )
    .raw()
  return guarded<CacheReader>('cache', {
    order: createOrder(db),
    rows: createQueueRows(db),
    counts: createCounts(db),
    detail: createDetail(db, findCase),
    searchCases: createCaseSearch(db),
    case: findCase,
    tasks: (caseId) =>
      tasks
        .all(caseId)
        .map((body) => parseStored<Task>(body))
        .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)),
    titles: (alertIds) => Object.fromEntries(titles.all(JSON.stringify(alertIds))),
    ...createPackReading(db),
    close: () => void db.close(),
  })
}

/** Filters come in few shapes; the statement of each is prepared once. */
function createOrder(db: Connection): CacheReader['order'] {
  const statements = new Map<string, ReturnType<typeof prepare>>()
  const prepare = (sql: string) => db.prepare<unknown[], number>(sql).pluck()
  const statement = (sql: string): ReturnType<typeof prepare> => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    if (statements.size >= statementLimit) statements.clear()
    const fresh = prepare(sql)
    statements.set(sql, fresh)
    return fresh
  }
  const read = db.transaction((request: Parameters<CacheReader['order']>[0]) => {
    const { sql, params } = orderQuery({
      ...request,
      now: request.now ?? Date.now(),
      limit: request.limit + 1,
    })
    const found = statement(sql).all(...params)
    const pks = found.slice(0, request.limit)
    const last = pks.at(-1)
    if (found.length === pks.length || last === undefined) return { pks, next: null }
    return { pks, next: { value: statement(cursorValueSql(request.sort)).get(last) ?? 0, pk: last } }
  })
  return (request) => read(request)
}

const statementLimit = 200
