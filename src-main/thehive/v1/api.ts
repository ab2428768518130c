import { parseJson, unexpectedShape } from '../answer-json.ts'
import { bodyLimit, pageLimit } from '../bounded-body.ts'
import type { HttpMethod, HttpSession } from '../session.ts'
import type { Step } from './queries.ts'
import type { TlpScale } from './scales.ts'

/** What every endpoint file works with: the session, and how this server numbers and names things. */
export type Api = { http: HttpSession; version: string; scale: TlpScale }

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

/** One call whose answer is JSON. */
export async function call(
  api: Api,
  request: { method: HttpMethod; path: string; json?: unknown },
  signal: AbortSignal,
): Promise<unknown> {
  const answer = await api.http.send({ ...request, limit: bodyLimit }, signal)
  return parseJson(answer.body, api.http.host)
}

/** @throws ForagerError `unexpected-shape` with the reader's reason */
export function readOne<T>(api: Api, value: unknown, read: (row: unknown) => T): T {
  try {
    return read(value)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw unexpectedShape(`${api.http.host} sent something Forager cannot read: ${reason}.`, thrown)
  }
}

export function readRows<T>(api: Api, value: unknown, read: (row: unknown) => T): T[] {
  if (!Array.isArray(value)) throw unexpectedShape(`${api.http.host} did not answer with a list.`)
  return value.map((row) => readOne(api, row, read))
}

/** An id or a name form (`type;source;sourceRef`) as one path segment. */
export function segment(idOrName: string): string {
  return encodeURIComponent(idOrName)
}
