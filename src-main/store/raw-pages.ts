import { Buffer } from 'node:buffer'
import { createDecipheriv } from 'node:crypto'

export const pageSize = 4_096
export const frameHeader = 24
export const walHeader = 32
export const frameBytes = frameHeader + pageSize

/** SQLCipher's reserve at the end of a page: the initialisation vector, then the HMAC. */
const ivAt = pageSize - 80
const ivLength = 16

/** The plain bytes of one page, as SQLite sees them, and where in the journal they stand; 0: in the file itself. */
export type RawPage = { page: number; bytes: Buffer; at: number }

/** One version of a page in the journal. A transaction ends with a frame that `commits`. */
export type Frame = { page: number; commits: boolean; at: number }

/**
 * Frames of the journal's present turn, in order, whatever their checksums say: SQLite stops at the first that is wrong, and what was
 * written after it is known from here alone. Their salt is the header's, or the first frame's when the header was lost.
 */
export function framesOf(wal: Buffer): Frame[] {
  if (wal.length < walHeader + frameHeader) return []
  const salt = (at: number): string => wal.toString('latin1', at, at + 8)
  const first = salt(walHeader + 8)
  const ours = isHeader(wal) ? salt(16) : first
  if (/^\0+$/.test(ours)) return []
  const frames: Frame[] = []
  for (let at = walHeader; at + frameBytes <= wal.length; at += frameBytes) {
    if (salt(at + 8) !== ours) continue
    frames.push({ page: wal.readUInt32BE(at), commits: wal.readUInt32BE(at + 4) > 0, at: at + frameHeader })
  }
  return frames
}

const isHeader = (wal: Buffer): boolean =>
  wal.length >= walHeader && (wal.readUInt32BE(0) & 0xfffffffe) === 0x377f0682

/** Counted up each time the journal is begun anew; undefined when there is none, or its header was lost. */
export const turnOf = (wal: Buffer): number | undefined => (isHeader(wal) ? wal.readUInt32BE(16) : undefined)

/** Every page of the file after its first, which holds none of our rows, then every version of one in the journal, oldest first. */
export function* rawPages(file: Buffer, wal: Buffer, keyHex: string | undefined): Generator<RawPage> {
  for (let page = 2; page * pageSize <= file.length; page++) {
    const bytes = file.subarray((page - 1) * pageSize, page * pageSize)
    yield { page, bytes: plain(bytes, keyHex), at: 0 }
  }
  for (const { page, at } of framesOf(wal))
    if (page > 1) yield { page, bytes: plain(wal.subarray(at, at + pageSize), keyHex), at }
}

/** The first page begins with the salt and the page's size as they are; what follows is encrypted. */
const inPlain = 24
/** Of the header, in every file: kept for later, and zero until then (sqlite.org/fileformat.html, 1.3). */
const alwaysZero = { from: 72, to: 88 }

/** Whether a file's first page is one under this key. */
export function readsAsFirst(page: Buffer, keyHex: string): boolean {
  const { from, to } = alwaysZero
  return decrypted(page, keyHex, { from: inPlain, to })
    .subarray(from - inPlain)
    .every((byte) => byte === 0)
}

/** Without the HMAC: a row that comes of a damaged page is known by its own checksum. */
function plain(bytes: Buffer, keyHex: string | undefined): Buffer {
  return keyHex === undefined ? bytes : decrypted(bytes, keyHex, { from: 0, to: ivAt })
}

/** What begins and ends with a block of the cipher. */
function decrypted(page: Buffer, keyHex: string, { from, to }: { from: number; to: number }): Buffer {
  const iv = page.subarray(ivAt, ivAt + ivLength)
  const cipher = createDecipheriv('aes-256-cbc', Buffer.from(keyHex, 'hex'), iv)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(page.subarray(from, to)), cipher.final()])
}
