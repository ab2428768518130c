import { afterAll, afterEach, expect } from 'vitest'
import { startStandIn, type StandIn, type StandInOptions } from '#tests/support/thehive/stand-in.ts'

export type Json = Record<string, unknown>

export type Answer = { status: number; body: unknown; headers: Headers }

/** A plain HTTP client of the v1 API; it knows nothing the wire does not say. */
export function createClient(
  url: string,
  key: string | null = 'ana-key',
  headers: Record<string, string> = {},
) {
  const auth = key === null ? {} : { Authorization: `Bearer ${key}` }
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const isForm = body instanceof FormData
    const content = body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...auth, ...content, ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : isJson(response) ? JSON.parse(text) : text,
    }
  }
  /** Sends, checks the status and gives the body. */
  const want = async (status: number, method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await send(method, path, body)
    expect(answer, `${method} ${path}`).toMatchObject({ status })
    return answer.body as Json
  }
  const query = async (...operations: Json[]): Promise<Json[]> =>
    (await want(200, 'POST', '/api/v1/query?name=test', { query: operations })) as unknown as Json[]
  return { send, want, query, get: (path: string) => want(200, 'GET', path) }
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/json') ?? false

export type Client = ReturnType<typeof createClient>

/** A multipart body: `_json`, then files by part name. */
export function formOf(
  json: Json | undefined,
  files: [part: string, content: string | Uint8Array, name: string][],
) {
  const form = new FormData()
  if (json) form.set('_json', JSON.stringify(json))
  for (const [part, content, name] of files) {
    form.append(part, new Blob([content as BlobPart], { type: 'text/plain' }), name)
  }
  return form
}

let counter = 0

/** The least an alert needs, with a reference of its own. */
export function newAlert(rest: Json = {}): Json {
  const sourceRef = `ref-${++counter}`
  return { type: 'test', source: 'suite', sourceRef, title: 'An alert', description: 'Something', ...rest }
}

export const createAlert = (client: Client, rest: Json = {}): Promise<Json> =>
  client.want(201, 'POST', '/api/v1/alert', newAlert(rest))

export const createCase = (client: Client, rest: Json = {}): Promise<Json> =>
  client.want(201, 'POST', '/api/v1/case', { title: 'A case', description: 'Something', ...rest })

/** A stand-in that lives for the test file; its log is emptied after each test. */
export async function useStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const hive = await startStandIn(options)
  afterEach(() => hive.reset())
  afterAll(() => hive.stop())
  return hive
}
