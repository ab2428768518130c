import { nextCursor } from '../../domain/page.ts'
import type { PageCursor, PageRequest } from '../../domain/page.ts'
import { parseJson } from '../answer-json.ts'
import { readRows } from '../api.ts'
import type { Api } from '../api.ts'
import type { IdPage } from '../port.ts'
import * as wire from '../wire-fields.ts'
import { pageSteps } from './queries.ts'
import { leanBytes } from './run-query.ts'

/** Whatever makes an alert large; a server that knows none of these names sends them all the same. */
const excludeFields = [
  ...['description', 'summary', 'customFields', 'tags', 'title', 'externalLink', 'extraData'],
  ...['type', 'source', 'sourceRef', 'assignee', 'caseTemplate'],
]

/**
 * Ids by creation, oldest first.
 * @throws ForagerError `unexpected-shape` when a row has no id: a sweep with a hole would take an alert for gone
 */
export async function alertIdPage(
  api: Api,
  { cursor, limit }: { cursor: PageCursor | undefined; limit: number },
  signal: AbortSignal,
): Promise<IdPage> {
  const request: PageRequest = { field: 'createdAt', direction: 'asc', cursor, limit }
  const question = { label: 'alert-ids', steps: pageSteps('listAlert', request), excludeFields }
  const answer = parseJson(await leanBytes(api, question, signal), api.http.host)
  const rows = readRows(api, answer, (value) => {
    const row = wire.asRow(value, 'alert')
    return { id: wire.id(row), createdAt: wire.number(row, '_createdAt') }
  })
  const stamps = rows.map(({ createdAt }) => createdAt)
  return { ids: rows.map(({ id }) => id), next: nextCursor(stamps, request) }
}
