import { parseJson } from '../answer-json.ts'
import { readRows } from '../api.ts'
import type { Api } from '../api.ts'
import { pageLimit } from '../bounded-body.ts'
import type { Step } from './queries.ts'

/** The bytes of a query's answer, up to the page bound. `label` only names the query in the server's log. */
export async function queryBytes(
  api: Api,
  label: string,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = `/api/v1/query?name=forager-${label}`
  const answer = await api.http.send(
    { method: 'POST', path, json: { query: steps }, limit: pageLimit },
    signal,
  )
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

/** A query's answer as a list, each row read; one unreadable row fails the whole, so that nothing goes missing unseen. */
export async function queryList<T>(
  api: Api,
  question: { label: string; steps: readonly Step[]; read: (row: unknown) => T },
  signal: AbortSignal,
): Promise<T[]> {
  const rows = await query(api, question.label, question.steps, signal)
  return readRows(api, rows, question.read)
}
