import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Connection } from './port.ts'
import { normaliseServerUrl } from './server-url.ts'
import { openSession } from './session.ts'
import type { HttpSession, SessionOptions } from './session.ts'

/** Who answers at an address. `url` is the address as requests will use it. */
export type Detection = { flavour: 'thehive3' | 'thehive4' | 'thehive5'; version: string; url: string }

/**
 * Finds out which TheHive answers, without any credential (api.md §1.4).
 * @throws ForagerError in words for the connect screen: `offline`, `tls`, `timeout`, `rejected` (wrong address, redirect) or
 *   `unexpected-shape` (something answers, but it is no TheHive)
 */
export async function detectServer(
  connection: Omit<Connection, 'apiKey'>,
  signal: AbortSignal,
  options: SessionOptions = {},
): Promise<Detection> {
  const url = normaliseServerUrl(connection.url)
  const http = openSession({ ...connection, organisation: undefined, apiKey: '' }, options)
  try {
    const found =
      (await ask(http, '/api/v1/status/public', five, signal)) ??
      (await ask(http, '/api/status', threeOrFour, signal))
    if (found === undefined) throw notTheHive(url)
    return { ...found, url }
  } finally {
    await http.close()
  }
}

type Found = Omit<Detection, 'url'>
type Status = Readonly<Record<string, unknown>>

/** Undefined when the answer is not the one this reader knows; only failures that settle the matter are thrown. */
async function ask(
  http: HttpSession,
  path: string,
  read: (status: Status) => Found | undefined,
  signal: AbortSignal,
): Promise<Found | undefined> {
  try {
    const { body } = await http.send({ method: 'GET', path }, signal)
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null ? read(value as Status) : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    if (thrown instanceof ForagerError && leavesRoom(thrown)) return undefined
    throw thrown
  }
}

/** Refusals of a path say nothing about the other path; redirects, outages and transport failures do. */
function leavesRoom({ kind, details }: ForagerError): boolean {
  const status = details?.['status']
  return (
    kind === 'unexpected-shape' ||
    (typeof status === 'number' && status >= 400 && status < 500 && status !== 429)
  )
}

function five({ version }: Status): Found | undefined {
  return typeof version === 'string' ? { flavour: 'thehive5', version } : undefined
}

function threeOrFour({ versions }: Status): Found | undefined {
  if (typeof versions !== 'object' || versions === null) return undefined
  const { TheHive: version, Scalligraph, ElasticSearch, Elastic4Play } = versions as Status
  const named = typeof version === 'string' ? version : ''
  if (Scalligraph !== undefined) return { flavour: 'thehive4', version: named }
  if (ElasticSearch !== undefined || Elastic4Play !== undefined)
    return { flavour: 'thehive3', version: named }
  return undefined
}

function notTheHive(url: string): ForagerError {
  const { host, origin, pathname } = new URL(url)
  const next =
    pathname === '/' ? 'Check the address and the port.' : `Check the address; perhaps it is only ${origin}`
  return new ForagerError('unexpected-shape', `${host} answers, but it is not a TheHive.`, { next })
}
