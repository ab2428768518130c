import type { SetAside } from '../domain/page.ts'
import { parseJson, unexpectedShape } from './answer-json.ts'
import { bodyLimit } from './bounded-body.ts'
import { setAside } from './read-page.ts'
import type { TlpScale } from './scales.ts'
import type { HttpMethod, HttpSession } from './session.ts'

/** A row of a list that could not be read and was left out, with its reason in words. `what`: the list it came in. */
export type LeftOut = SetAside & { what: string }

/** What every endpoint file works with: the session, and how this server numbers and names things. */
export type Api = {
  http: HttpSession
  version: string
  scale: TlpScale
  /** Hears of every row a list had to leave out. */
  leftOut?: ((row: LeftOut) => void) | undefined
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

/** Every row of an answer to a write; one that cannot be read fails the whole, because the write did take hold. */
export function readRows<T>(api: Api, value: unknown, read: (row: unknown) => T): T[] {
  if (!Array.isArray(value)) throw unexpectedShape(`${api.http.host} did not answer with a list.`)
  return value.map((row) => readOne(api, row, read))
}

/** The readable rows of a list; one that is not is left out and told, and the list goes on. */
export function readList<T>(
  api: Api,
  value: unknown,
  { what, read, entity = 'listed' }: { what: string; read: (row: unknown) => T; entity?: SetAside['entity'] },
): T[] {
  if (!Array.isArray(value)) throw unexpectedShape(`${api.http.host} did not answer with a list.`)
  const items: T[] = []
  for (const row of value) {
    try {
      items.push(read(row))
    } catch (thrown) {
      const aside = setAside(entity, row, thrown)
      api.leftOut?.({ ...aside, what, ...(entity === 'listed' && { id: `${what}:${aside.id}` }) })
    }
  }
  return items
}

/** An id or a name form (`type;source;sourceRef`) as one path segment. */
export function segment(idOrName: string): string {
  return encodeURIComponent(idOrName)
}
