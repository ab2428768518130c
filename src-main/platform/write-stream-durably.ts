import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { syncFolder } from './sync-file.ts'

/**
 * Writes a file as it streams in: whole and on the disk under its name, or not at all. Never held in memory whole. For this
 * account alone, without the right to execute: what comes may be a specimen. Answers its size in bytes.
 */
export async function writeStreamDurably(path: string, bytes: Readable): Promise<number> {
  const draft = `${path}.${randomUUID()}.part`
  let size = 0
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
        await handle.writeFile(chunk)
        size += chunk.length
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (thrown) {
    bytes.destroy()
    await rm(draft, { force: true })
    throw thrown
  }
  syncFolder(dirname(path))
  return size
}
