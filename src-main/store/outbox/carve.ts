import { Buffer } from 'node:buffer'
import { checksumOf } from './sealed-row.ts'
import type { SealedRow } from './sealed-row.ts'
import type { RawPage } from '../raw-pages.ts'

/** A row found by its form and proved by its checksum. `seq` is its key in its table. */
export type CarvedRow = SealedRow & { table: string; seq: number; state?: string; sent_at?: number | null }

const leafOfTable = 0x0d
const longestText = 64 * 1024 * 1024

/**
 * Finds rows in single pages, without the tree above them: where that is damaged, SQLite reaches none of the rows below. Only rows
 * whose checksum fits are answered; of several versions the one met last. Ones that were deleted may be among them. `from`: where rows
 * are looked for; what they go on with may stand before it.
 */
export function carveRows(pages: Iterable<RawPage>, tables: readonly string[], from = 0): CarvedRow[] {
  const known = new Map<number, Buffer>()
  const leaves: RawPage[] = []
  const found = new Map<string, CarvedRow>()
  for (const raw of pages) {
    known.set(raw.page, raw.bytes)
    if (raw.at >= from && raw.bytes[0] === leafOfTable) leaves.push(raw)
  }
  for (const { bytes } of leaves)
    for (const cell of cellsOf(bytes)) {
      const row = rowOf(readCell(bytes, cell, known), tables)
      if (row !== undefined) found.set(`${row.table} ${row.seq}`, row)
    }
  return [...found.values()]
}

function cellsOf(bytes: Buffer): number[] {
  const count = bytes.readUInt16BE(3)
  if (8 + count * 2 > bytes.length) return []
  return Array.from({ length: count }, (_, n) => bytes.readUInt16BE(8 + n * 2)).filter(
    (at) => at < bytes.length - 4,
  )
}

type Cell = { seq: number; payload: Buffer } | undefined

/** A cell's key and its payload, put together from overflow pages (sqlite.org/fileformat2.html, 1.6). */
function readCell(bytes: Buffer, at: number, known: ReadonlyMap<number, Buffer>): Cell {
  const size = varint(bytes, at)
  const seq = varint(bytes, size.next)
  if (size.value > longestText || size.value < 4) return undefined
  const usable = bytes.length
  const most = usable - 35
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const spilled = least + ((size.value - least) % (usable - 4))
  const local = size.value <= most ? size.value : spilled <= most ? spilled : least
  const parts = [bytes.subarray(seq.next, seq.next + local)]
  let left = size.value - local
  let next = left > 0 && seq.next + local + 4 <= usable ? bytes.readUInt32BE(seq.next + local) : 0
  while (left > 0) {
    const page = known.get(next)
    if (page === undefined) return undefined
    parts.push(page.subarray(4, 4 + Math.min(left, usable - 4)))
    left -= usable - 4
    next = page.readUInt32BE(0)
  }
  return { seq: seq.value, payload: Buffer.concat(parts) }
}

/** What a record holds, when it is one of ours: the key's own column, texts and numbers. */
function rowOf(cell: Cell, tables: readonly string[]): CarvedRow | undefined {
  const columns = cell === undefined ? [] : textsOf(cell.payload)
  const texts = columns.filter((column): column is string => typeof column === 'string')
  const id = texts[0]
  const checksum = texts.at(-1)
  const body = texts.at(-2)
  if (cell === undefined || id === undefined || body === undefined || checksum?.length !== 64)
    return undefined
  const table = tables.find((name) => checksumOf(name, { id, body }) === checksum)
  return table === undefined ? undefined : { table, seq: cell.seq, id, body, checksum }
}

/** The columns of a record in order; those that are no text as undefined. */
function textsOf(payload: Buffer): (string | undefined)[] {
  const header = varint(payload, 0)
  const columns: (string | undefined)[] = []
  let at = header.value
  for (let next = header.next; next < header.value && next < payload.length;) {
    const type = varint(payload, next)
    next = type.next
    const length = lengthOf(type.value)
    columns.push(
      type.value >= 13 && type.value % 2 === 1 ? payload.toString('utf8', at, at + length) : undefined,
    )
    at += length
  }
  return columns
}

const fixedLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0]
const lengthOf = (type: number): number => fixedLengths[type] ?? Math.floor((type - 12) / 2)

/** SQLite's variable-length number; what would not fit a file's sizes comes out too large and is refused by whoever uses it. */
function varint(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0
  for (let n = 0; n < 8; n++) {
    const byte = bytes[at + n] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return { value, next: at + n + 1 }
  }
  return { value: value * 256 + (bytes[at + 8] ?? 0), next: at + 9 }
}
