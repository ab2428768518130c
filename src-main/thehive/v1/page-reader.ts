import { createHash } from 'node:crypto'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { nextCursor } from '../../domain/page.ts'
import type { PageRequest, ReadPage, SetAside } from '../../domain/page.ts'
import { parseJson, unexpectedShape } from '../answer-json.ts'
import { readAlert } from './read-alert.ts'
import { alertIdOf, readObservable } from './read-observable.ts'
import { tlpScale } from './scales.ts'

/** What a page needs besides its bytes; plain data, so that it can travel to another thread. */
export type PageContext = { version: string; host: string }

/** The body of what is set aside is for diagnosis; more than this helps nobody. */
const keptBodyCharacters = 64 * 1024

const stampFields = { createdAt: '_createdAt', updatedAt: '_updatedAt' } as const

/**
 * A page of alerts. One that cannot be read is set aside with its reason; the page goes on.
 * @throws ForagerError `unexpected-shape` when the bytes are no list at all
 */
export function readAlertPage(
  bytes: Uint8Array,
  request: PageRequest,
  context: PageContext,
): ReadPage<Alert> {
  const scale = tlpScale(context.version)
  return readPage({ bytes, request, context, entity: 'alert' }, (row) => readAlert(row, scale))
}

/** A page of observables with the alert each hangs on. Observables of cases are not ours and are left out. */
export function readObservablePage(
  bytes: Uint8Array,
  request: PageRequest,
  context: PageContext,
): ReadPage<{ alertId: string; observable: Observable }> {
  const scale = tlpScale(context.version)
  return readPage({ bytes, request, context, entity: 'observable' }, (row) => {
    const alertId = alertIdOf(row)
    return alertId === undefined ? undefined : { alertId, observable: readObservable(row, scale) }
  })
}

type Page = { bytes: Uint8Array; request: PageRequest; context: PageContext; entity: SetAside['entity'] }

function readPage<T>(
  { bytes, request, context, entity }: Page,
  read: (row: unknown) => T | undefined,
): ReadPage<T> {
  const rows = parseJson(bytes, context.host)
  if (!Array.isArray(rows)) throw unexpectedShape(`${context.host} answered with no list of ${entity}s.`)
  const items: T[] = []
  const setAside: SetAside[] = []
  for (const row of rows) {
    try {
      const item = read(row)
      if (item !== undefined) items.push(item)
    } catch (thrown) {
      setAside.push(describe(entity, row, thrown))
    }
  }
  const stamps = stampsOf(rows, request, context.host)
  const newest = stamps.reduce((most, stamp) => Math.max(most, stamp), 0)
  return { items, setAside, next: nextCursor(stamps, request), rows: rows.length, newest }
}

/**
 * The stamp of every row, readable or not, because the cursor counts rows. A row whose own stamp is unreadable stands where
 * the server's order put it: at its neighbour's stamp.
 */
function stampsOf(rows: readonly unknown[], request: PageRequest, host: string): number[] {
  const field = stampFields[request.field]
  const own = rows.map((row) => stampOf(row, field))
  let near = request.cursor?.stamp ?? own.find((stamp) => stamp !== undefined)
  if (near === undefined && own.length > 0)
    throw unexpectedShape(`${host} sent a page without any "${field}".`)
  return own.map((stamp) => (near = stamp ?? near) ?? 0)
}

function stampOf(row: unknown, field: string): number | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const value = (row as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'number' ? value : undefined
}

function describe(entity: SetAside['entity'], row: unknown, thrown: unknown): SetAside {
  const body = JSON.stringify(row)
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return { entity, id: idOf(row) ?? contentId(body), reason, body: body.slice(0, keptBodyCharacters) }
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
