import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'

/** A row as the file holds it. The checksum covers the table, the id and the body. */
export type SealedRow = { id: string; body: string; checksum: string }

/** What opening a sealed row came to: its value, or why it must not be used. */
export type Opened<T> = { ok: true; value: T } | { ok: false; reason: string }

export function checksumOf(table: string, { id, body }: Pick<SealedRow, 'id' | 'body'>): string {
  return createHash('sha256').update(`${table}\n${id}\n${body}`, 'utf8').digest('hex')
}

export function seal(table: string, id: string, value: unknown): SealedRow {
  const body = canonicalJson(value)
  return { id, body, checksum: checksumOf(table, { id, body }) }
}

/** SQLite notices about half of all small damage; this notices the rest. */
export function unseal<T>(table: string, row: SealedRow, schema: z.ZodType<T>): Opened<T> {
  if (checksumOf(table, row) !== row.checksum) {
    return { ok: false, reason: 'The stored text does not match its checksum.' }
  }
  try {
    return { ok: true, value: schema.parse(JSON.parse(row.body)) }
  } catch (thrown) {
    return { ok: false, reason: reasonOf(thrown) }
  }
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof z.ZodError) return `Not of the expected shape: ${z.prettifyError(thrown)}`
  return `Not readable: ${thrown instanceof Error ? thrown.message : String(thrown)}`
}
