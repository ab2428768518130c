import { request } from 'undici'
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { refuseForeign } from './answer-json.ts'
import { bodyLimit, readBounded } from './bounded-body.ts'
import { createClockGap } from './clock-gap.ts'
import { decoded } from './content-encoding.ts'
import { createDispatcher, defaultTimeouts } from './dispatcher.ts'
import type { Timeouts } from './dispatcher.ts'
import type { Connection } from './port.ts'
import { proxySecrets } from './proxy-address.ts'
import { partialRefusal, readRefusal } from './refusal-body.ts'
import { requestHeaders } from './request-headers.ts'
import { normaliseServerUrl } from './server-url.ts'
import { statusError } from './status-errors.ts'
import { watchStart } from './start-watch.ts'
import { tooSlow, transportError } from './transport-errors.ts'
import type { Attempt } from './transport-errors.ts'

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type HttpRequest = {
  method: HttpMethod
  /** Below the server's base address; starts with a slash, already percent-encoded. */
  path: string
  json?: unknown
  stream?: { body: Readable; headers: Record<string, string> } | undefined
  headers?: Readonly<Record<string, string>> | undefined
  /** Upper bound of the answer in bytes, unpacked. */
  limit?: number | undefined
  /** How long the answer may take to begin, ms, where that is not the connection's own time. */
  patience?: number | undefined
}

export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; body: Uint8Array<ArrayBuffer> }

/** An answer whose body is still coming; read it to its end or destroy it, or its connection stays taken. */
export type HttpStream = { headers: IncomingHttpHeaders; body: Readable }

/** One server, one credential: keep-alive, bounded, never redirected, never repeated. */
export interface HttpSession {
  /** Host and port: safe to show. */
  readonly host: string
  /** @throws ForagerError for every answer that is not 2xx or looks like no JSON, and for every exchange without one */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  /** As `send`, for a body too large to hold: unbounded, and its errors are ForagerErrors too. */
  open(request: HttpRequest, signal: AbortSignal): Promise<HttpStream>
  /** By how much the server's clock is ahead of ours, ms, as its answers tell. */
  clockAhead(): number
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
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const dispatcher = createDispatcher(connection, timeouts)
  const gap = createClockGap()
  const secrets = [connection.apiKey, ...proxySecrets(connection.proxy)].filter((secret) => secret !== '')

  /** One exchange up to its headers, then `take` with the body as it was before packing. */
  async function exchange<T>(
    spec: HttpRequest,
    signal: AbortSignal,
    take: (answer: {
      status: number
      headers: IncomingHttpHeaders
      body: Readable
      fail: Fail
      heard: () => void
    }) => Promise<T>,
  ): Promise<T> {
    const watch = watchStart(dispatcher)
    const fail: Fail = (thrown) =>
      transportError(thrown, { host, started: watch.started(), aborted: abortOf(signal) })
    let deadline: NodeJS.Timeout | undefined
    try {
      signal.throwIfAborted()
      const sentAt = Date.now()
      const answer = await request(base + spec.path, {
        method: spec.method,
        headers: { ...headers, ...contentHeaders(spec), ...spec.headers },
        body: bodyOf(spec),
        signal,
        dispatcher: watch.dispatcher,
        ...(spec.patience !== undefined && { headersTimeout: spec.patience }),
      })
      const { statusCode: status } = answer
      deadline = setTimeout(() => answer.body.destroy(tooSlow(host)), timeouts.answer)
      const date = headerText(answer.headers.date)
      const received = { sentAt, receivedAt: Date.now() }
      if (status < 200 || status >= 300)
        throw statusError(await readRefusal(answer, host, secrets), momentOf(date) ?? Date.now())
      const body = decoded(answer.body, answer.headers['content-encoding'], host)
      const heard = () => gap.heard(date, received)
      return await take({ status, headers: answer.headers, body, fail, heard })
    } catch (thrown) {
      throw fail(thrown)
    } finally {
      clearTimeout(deadline)
    }
  }

  return {
    host,
    clockAhead: gap.ahead,
    send: (spec, signal) =>
      exchange(
        { ...spec, headers: { 'accept-encoding': 'gzip', ...spec.headers } },
        signal,
        async ({ status, headers: told, body: coming, heard }) => {
          const body = await readBounded(coming as AsyncIterable<Uint8Array>, spec.limit ?? bodyLimit)
          refuseForeign(body, host)
          // Only now: whoever else answers in between may have any clock.
          heard()
          const partial = status === 207 ? partialRefusal(body, host, secrets) : undefined
          if (partial !== undefined) throw statusError(partial, Date.now())
          return { status, headers: told, body }
        },
      ),
    open: (spec, signal) =>
      exchange(spec, signal, async (answer) => ({
        headers: answer.headers,
        body: Readable.from(translated(answer.body, answer.fail), { objectMode: false }),
      })),
    close: () => dispatcher.destroy(),
  }
}

const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/** A wait until a moment counts from the moment of the same answer, ms since the epoch. */
function momentOf(date: string | undefined): number | undefined {
  const moment = Date.parse(date ?? '')
  return Number.isNaN(moment) ? undefined : moment
}

type Fail = (thrown: unknown) => Error

async function* translated(body: Readable, fail: Fail): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer
  } catch (thrown) {
    throw fail(thrown)
  }
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
