import { createHash } from 'node:crypto'
import { nextCursor } from '../domain/page.ts'
import type { PageRequest, ReadPage, SetAside } from '../domain/page.ts'
import { parseJson, unexpectedShape } from './answer-json.ts'
import { isWhole } from './wire-fields.ts'

/** What a page needs besides its bytes; plain data, so that it can travel to another thread. */
export type PageContext = { version: string; host: string }

/** A page as it came, and how its flavour names the two stamps. */
export type Page = {
  bytes: Uint8Array
  request: PageRequest
  context: PageContext
  entity: SetAside['entity']
  stamps: Readonly<Record<PageRequest['field'], string>>
}

/** What a page has given so far. */
export type PageYield<T> = { items: T[]; setAside: SetAside[] }

/** The body of what is set aside is for diagnosis; more than this helps nobody. */
const keptBodyCharacters = 64 * 1024

/**
 * Reads each row of a page into what it gives. A row whose reader throws is set aside with its reason; the page goes on.
 * @throws ForagerError `unexpected-shape` when the bytes are no list at all
 */
export function readPage<T>(page: Page, read: (row: unknown, into: PageYield<T>) => void): ReadPage<T> {
  const { bytes, request, context, entity } = page
  const rows = parseJson(bytes, context.host)
  if (!Array.isArray(rows)) throw unexpectedShape(`${context.host} answered with no list of ${entity}s.`)
  const into: PageYield<T> = { items: [], setAside: [] }
  for (const row of rows) {
    try {
      read(row, into)
    } catch (thrown) {
      into.setAside.push(setAside(entity, row, thrown))
    }
  }
  const stamps = stampsOf(rows, page)
  const newest = stamps.reduce((most, stamp) => Math.max(most, stamp), 0)
  return { ...into, next: nextCursor(stamps, request), rows: rows.length, newest }
}

/** What could not be read, with its reason; `id` stands in where the row has none of its own. */
export function setAside(entity: SetAside['entity'], row: unknown, thrown: unknown, id?: string): SetAside {
  const body = JSON.stringify(row)
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return { entity, id: id ?? idOf(row) ?? contentId(body), reason, body: body.slice(0, keptBodyCharacters) }
}

/**
 * The stamp of every row, readable or not, because the cursor counts rows. A row whose own stamp is unreadable stands where
 * the server's order put it: at its neighbour's stamp.
 */
function stampsOf(rows: readonly unknown[], { request, stamps, context }: Page): number[] {
  const field = stamps[request.field]
  const own = rows.map((row) => stampOf(row, field))
  let near = request.cursor?.stamp ?? own.find((stamp) => stamp !== undefined)
  if (near === undefined && own.length > 0)
    throw unexpectedShape(`${context.host} sent a page without any "${field}".`)
  return own.map((stamp) => (near = stamp ?? near) ?? 0)
}

function stampOf(row: unknown, field: string): number | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const value = (row as Readonly<Record<string, unknown>>)[field]
  return isWhole(value) ? value : undefined
}

function idOf(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const { _id: id } = row as Readonly<Record<string, unknown>>
  return typeof id === 'string' ? id : undefined
}

/** Names a row that has no id of its own, the same at every meeting. */
function contentId(body: string): string {
  return `unnamed:${createHash('sha256').update(body).digest('hex').slice(0, 16)}`
}
