import { Readable } from 'node:stream'
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Operation } from '#shared/model/operation.ts'
import type { Kdf } from '../platform/passphrase-key.ts'
import { sealedChunks } from './chunks.ts'
import type { CarriedFile, FileContext, Manifest } from './contents.ts'
import { newHeader } from './header.ts'
import { recordOf } from './records.ts'

export type Contents = FileContext & {
  manifest: Omit<Manifest, 'operations' | 'files'>
  /** In the order of the plan. */
  operations: readonly Operation[]
  files: readonly { facts: CarriedFile; open: () => AsyncIterable<Uint8Array> }[]
}

/** The whole file as a stream; nothing of it is held in memory but the record and the chunk that are being written. */
export async function outboxFileBytes(contents: Contents, passphrase: string, kdf?: Kdf): Promise<Readable> {
  const key = await newHeader(passphrase, kdf)
  async function* bytes(): AsyncGenerator<Buffer> {
    yield key.header
    yield* sealedChunks(plainBytes(contents), key)
  }
  return Readable.from(bytes(), { objectMode: false })
}

const recordsATurn = 200

async function* plainBytes({ manifest, ids, claimed, operations, files }: Contents) {
  yield recordOf({ ...manifest, operations: operations.length, files: files.length } satisfies Manifest)
  yield recordOf({ ids, claimed } satisfies FileContext)
  for (const [n, operation] of operations.entries()) {
    yield recordOf(operation)
    // Whoever else wants something of this thread gets their turn.
    if (n % recordsATurn === 0) await othersTurn()
  }
  for (const { facts, open } of files) {
    yield recordOf(facts)
    let size = 0
    for await (const bytes of open()) {
      size += bytes.length
      yield Buffer.from(bytes)
    }
    if (size !== facts.size) throw new Error('A kept file has another length than its record says')
  }
}
