import { setImmediate as othersTurn } from 'node:timers/promises'
import { operationSchema } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { byteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import { openedChunks } from './chunks.ts'
import { carriedFileSchema, contextSchema, manifestSchema } from './contents.ts'
import type { CarriedFile, FileContext, Manifest } from './contents.ts'
import { damagedFile } from './file-troubles.ts'
import { readHeader } from './header.ts'
import { readRecord } from './records.ts'

/** Read from front to back, once: manifest, then decisions, then files. Each part is proved before it is answered. */
export type OpenedFile = {
  manifest: Manifest
  decisions: () => Promise<FileContext & { operations: Operation[] }>
  /** Must be gone through to its end: only there it is known that nothing is missing. What is not read of a file is passed over. */
  files: () => AsyncGenerator<{ facts: CarriedFile; bytes: AsyncIterable<Uint8Array> }>
}

/** Read before whoever else wants something of this thread gets their turn. */
const recordsATurn = 50
const pieceBytes = 256 * 1024

/** @throws ForagerError, here or while reading: `unreadable-file`, `rejected`, `newer-file` or `corrupt` */
export async function openOutboxFile(
  source: AsyncIterable<Uint8Array>,
  passphrase: string,
): Promise<OpenedFile> {
  const sealed = byteReader(source)
  const key = await readHeader(sealed, passphrase)
  const plain = byteReader(openedChunks(sealed, key))
  const manifest = await readRecord(plain, manifestSchema)
  return {
    manifest,
    decisions: () => readDecisions(plain, manifest),
    files: () => readFiles(plain, manifest),
  }
}

async function readDecisions(plain: ByteReader, manifest: Manifest) {
  const context = await readRecord(plain, contextSchema)
  const operations: Operation[] = []
  for (let n = 0; n < manifest.operations; n++) {
    operations.push(await readRecord(plain, operationSchema))
    if (n % recordsATurn === 0) await othersTurn()
  }
  return { ...context, operations }
}

async function* readFiles(plain: ByteReader, manifest: Manifest): ReturnType<OpenedFile['files']> {
  for (let n = 0; n < manifest.files; n++) {
    const facts = await readRecord(plain, carriedFileSchema)
    const bytes = piecesOf(plain, facts.size)
    yield { facts, bytes }
    for await (const _passedOver of bytes);
  }
  if (!(await plain.atEnd())) throw damagedFile()
}

/** May be read by one and then by another: each goes on where the one before stopped. */
function piecesOf(plain: ByteReader, size: number): AsyncIterable<Buffer> {
  let left = size
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (left === 0) return { done: true, value: undefined }
        const piece = await plain.take(Math.min(left, pieceBytes))
        if (piece.length === 0) throw damagedFile()
        left -= piece.length
        return { done: false, value: piece }
      },
    }),
  }
}
