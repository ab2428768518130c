import { request } from 'undici'
import type { Readable } from 'node:stream'
import { bodyLimit, readBounded } from './bounded-body.ts'
import { createDispatcher, defaultTimeouts } from './dispatcher.ts'
import type { Timeouts } from './dispatcher.ts'
import type { Connection } from './port.ts'
import { readRefusal } from './refusal-body.ts'
import { requestHeaders } from './request-headers.ts'
import { normaliseServerUrl } from './server-url.ts'
import { statusError } from './status-errors.ts'
import { watchStart } from './start-watch.ts'
import { transportError } from './transport-errors.ts'
import type { Attempt } from './transport-errors.ts'

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type HttpRequest = {
  method: HttpMethod
  /** Below the server's base address; starts with a slash, already percent-encoded. */
  path: string
  json?: unknown
  stream?: { body: Readable; headers: Record<string, string> } | undefined
  /** Upper bound of the answer in bytes. */
  limit?: number | undefined
}

export type HttpAnswer = { status: number; body: Uint8Array<ArrayBuffer> }

/** One server, one credential: keep-alive, bounded, never redirected, never repeated. */
export interface HttpSession {
  /** Host and port: safe to show. */
  readonly host: string
  /** @throws ForagerError for every answer that is not 2xx, and for every exchange without one */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  close(): Promise<void>
}

export type SessionOptions = {
  timeouts?: Partial<Timeouts> | undefined
  /** Forager's own version, for the user agent. */
  version?: string | undefined
}

/** An empty API key opens a session that sends no credential, for finding out who answers. */
export function openSession(connection: Connection, options: SessionOptions = {}): HttpSession {
  const base = normaliseServerUrl(connection.url)
  const { host } = new URL(base)
  const headers = requestHeaders(connection, options.version)
  const dispatcher = createDispatcher(connection, { ...defaultTimeouts, ...options.timeouts })
  const secrets = connection.apiKey === '' ? [] : [connection.apiKey]

  async function send(spec: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const watch = watchStart(dispatcher)
    try {
      signal.throwIfAborted()
      const answer = await request(base + spec.path, {
        method: spec.method,
        headers: { ...headers, ...contentHeaders(spec) },
        body: bodyOf(spec),
        signal,
        dispatcher: watch.dispatcher,
      })
      const { statusCode: status } = answer
      if (status >= 200 && status < 300) {
        return { status, body: await readBounded(answer.body, spec.limit ?? bodyLimit) }
      }
      throw statusError(await readRefusal(answer, host, secrets), Date.now())
    } catch (thrown) {
      throw transportError(thrown, { host, started: watch.started(), aborted: abortOf(signal) })
    }
  }

  return { host, send, close: () => dispatcher.destroy() }
}

/** A signal that ends a request is either the analyst's cancel or somebody's deadline. */
function abortOf(signal: AbortSignal): Attempt['aborted'] {
  if (!signal.aborted) return undefined
  const { reason } = signal
  return reason instanceof Error && reason.name === 'TimeoutError' ? 'deadline' : 'cancel'
}

function bodyOf(spec: HttpRequest): string | Readable | null {
  if (spec.stream !== undefined) return spec.stream.body
  return spec.json === undefined ? null : JSON.stringify(spec.json)
}

function contentHeaders(spec: HttpRequest): Record<string, string> {
  if (spec.stream !== undefined) return spec.stream.headers
  return spec.json === undefined ? {} : { 'content-type': 'application/json' }
}
