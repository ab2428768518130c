import type { SetAside } from '../../domain/page.ts'
import { parseJson } from '../answer-json.ts'
import { readList } from '../api.ts'
import type { Api } from '../api.ts'
import { pageLimit } from '../bounded-body.ts'
import { totalIn } from '../total.ts'
import type { Step } from './queries.ts'

/** The bytes of a query's answer, up to the page bound. `label` only names the query in the server's log. */
export async function queryBytes(
  api: Api,
  label: string,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  return leanBytes(api, { label, steps, excludeFields: [] }, signal)
}

/** As `query`, with what the header says of the total; only where `page` asks for it. */
export async function queryWithTotal(
  api: Api,
  { label, steps }: { label: string; steps: readonly Step[] },
  signal: AbortSignal,
): Promise<{ rows: unknown; total: number | undefined }> {
  const path = `/api/v1/query?name=forager-${label}`
  const json = { query: steps }
  const { body, headers } = await api.http.send({ method: 'POST', path, json, limit: pageLimit }, signal)
  return { rows: parseJson(body, api.http.host), total: totalIn(headers) }
}

/** As `queryBytes`, without the named fields of each row. */
export async function leanBytes(
  api: Api,
  {
    label,
    steps,
    excludeFields,
  }: { label: string; steps: readonly Step[]; excludeFields: readonly string[] },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = `/api/v1/query?name=forager-${label}`
  const json = { query: steps, ...(excludeFields.length > 0 && { excludeFields }) }
  const answer = await api.http.send({ method: 'POST', path, json, limit: pageLimit }, signal)
  return answer.body
}

/** A query's answer as JSON. */
export async function query(
  api: Api,
  label: string,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<unknown> {
  return parseJson(await queryBytes(api, label, steps, signal), api.http.host)
}

/** A query's answer as a list; a row that cannot be read is left out and told, so that one bad row hides no other. */
export async function queryList<T>(
  api: Api,
  {
    label,
    steps,
    ...reading
  }: { label: string; steps: readonly Step[]; read: (row: unknown) => T; entity?: SetAside['entity'] },
  signal: AbortSignal,
): Promise<T[]> {
  return readList(api, await query(api, label, steps, signal), { what: label, ...reading })
}
