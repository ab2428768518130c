import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface Uploads {
  /** Streams a dropped file to disk under its own name; answers where it lies. */
  receive(request: IncomingMessage): Promise<string>
  /** Forgets files the app is done with. Paths that were not handed out here are ignored. */
  release(paths: readonly string[]): Promise<void>
}

/** A browser does not tell where a dropped file lies, so its bytes are brought to a private folder. */
export function createUploads(folder: string): Uploads {
  const handedOut = new Set<string>()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    receive: async (request) => {
      const own = join(folder, randomUUID())
      mkdirSync(own, { mode: 0o700 })
      const path = join(own, safeName(String(request.headers['x-file-name'] ?? '')))
      await pipeline(request, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      handedOut.add(path)
      return path
    },
    release: async (paths) => {
      for (const path of paths) {
        if (!handedOut.delete(path)) continue
        await rm(dirname(path), { recursive: true, force: true })
      }
    },
  }
}

/** The file's own name, kept as far as a file system allows: no separators, no NUL, at most 255 bytes. */
export function safeName(encoded: string): string {
  let name: string
  try {
    name = decodeURIComponent(encoded)
  } catch {
    name = encoded
  }
  const flat = name.replace(/[/\\\u0000-\u001f]/g, '_')
  if (flat === '' || flat === '.' || flat === '..') return 'file'
  let short = flat
  while (Buffer.byteLength(short) > 255) short = short.slice(0, -1)
  return short
}
