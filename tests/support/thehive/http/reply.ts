import type { Readable } from 'node:stream'
import { UnreadableRequest, type HiveError } from '../state/errors.ts'
import type { Flavour } from '../state/server-kind.ts'

export type Reply = {
  status: number
  headers?: Record<string, string> | undefined
  /** Text is JSON unless a header says otherwise; undefined sends no body. */
  body?: string | Buffer | Readable | undefined
  /** The component of the API document that each element of a list in the body must satisfy. */
  elementSchema?: string | undefined
  /** The keys each element was asked to leave out. */
  without?: ReadonlySet<string> | undefined
}

export const json = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) })

export const noContent: Reply = { status: 204 }

export const plainText = (status: number, body: string): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body,
})

type Asked = { flavour: Flavour; path: string; hasReferer: boolean }

/** A refusal as the flavour words it; `hasReferer`: the request tells which page it comes from. */
export function failure(error: HiveError, { flavour, path, hasReferer }: Asked): Reply {
  const { status, type, message, details } = error
  if (flavour === 'thehive3' && error instanceof UnreadableRequest) return plainText(status, message)
  const reply = json(status, { type, message, ...details })
  if (flavour !== 'thehive4' || status !== 401) return reply
  // Source: it asks a browser's address bar, but no page, to show the password dialogue.
  const asks = hasReferer ? {} : { 'WWW-Authenticate': 'Basic realm="thehive"' }
  const leaves = path.endsWith('/user/current') ? { 'X-Logout': '1' } : {}
  return { ...reply, headers: { ...asks, ...leaves } }
}

/** The reply where no route fits. */
export const noRoute = (path: string, flavour: Flavour): Reply =>
  flavour === 'thehive3'
    ? plainText(404, `There is nothing at ${path}`)
    : json(404, { type: 'NotFound', message: path })
