import { expect, onTestFinished } from 'vitest'
import { startStandIn, type StandIn, type StandInOptions } from '#tests/support/thehive/stand-in.ts'
import type { Answer, Json } from './client.ts'

/** A plain HTTP client of TheHive 3 and of TheHive 4's older API. */
export function createOlderClient(
  url: string,
  key: string | null = 'ana-key',
  headers: Record<string, string> = {},
) {
  const auth = key === null ? {} : { Authorization: `Bearer ${key}` }
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const isForm = body instanceof FormData || body instanceof URLSearchParams
    const content = body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { ...auth, ...content, ...headers },
      ...(body === undefined
        ? {}
        : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
    }
  }
  /** Sends, checks the status and gives the body. */
  const want = async (status: number, method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await send(method, path, body)
    expect(answer, `${method} ${path}`).toMatchObject({ status })
    return answer.body as Json
  }
  const post = (path: string, body?: unknown) => want(200, 'POST', path, body)
  const search = async (model: string, query?: Json, more: Json = {}): Promise<Json[]> =>
    (await post(`/${model}/_search`, {
      ...(query ? { query } : {}),
      range: 'all',
      ...more,
    })) as unknown as Json[]
  return { send, want, post, search, get: (path: string) => want(200, 'GET', path) }
}

export type OlderClient = ReturnType<typeof createOlderClient>

let counter = 0

/** The least an alert needs, with a reference of its own. */
export function olderAlert(rest: Json = {}): Json {
  const sourceRef = `ref-${++counter}`
  return {
    type: 'external',
    source: 'suite',
    sourceRef,
    title: 'An alert',
    description: 'Something',
    ...rest,
  }
}

export const createOlderAlert = (client: OlderClient, rest: Json = {}): Promise<Json> =>
  client.want(201, 'POST', '/alert', olderAlert(rest))

export const createOlderCase = (client: OlderClient, rest: Json = {}): Promise<Json> =>
  client.want(201, 'POST', '/case', { title: 'A case', description: 'Something', ...rest })

export const encoded = (name: string, type: string, content: string): string =>
  `${name};${type};${Buffer.from(content).toString('base64')}`

/** A stand-in that lives for one test. */
export async function briefStandIn(options: StandInOptions): Promise<StandIn> {
  const hive = await startStandIn(options)
  onTestFinished(() => hive.stop())
  return hive
}
