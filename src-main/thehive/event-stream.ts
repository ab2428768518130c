import type { Api } from './api.ts'
import { segment } from './api.ts'
import { unexpectedShape } from './answer-json.ts'
import { readBounded } from './bounded-body.ts'
import type { Streaming } from './port.ts'

/** The server holds a question for a minute at most (api.md §8.2). */
const heldMs = 60_000
const patienceMs = heldMs + 15_000
/** Whether a list holds anything shows in its first characters. */
const shown = 64
/** So much is read for the connection's sake, to use it again; a larger answer is broken off. */
const readAtMost = 256 * 1024
const longestId = 1024

/** The stream below `path`: `/api/stream`, or `/api/v1/stream` in TheHive 5 (api.md §8.2). */
export function streamingOf(api: Api, path: string): Streaming {
  return {
    openStream: async (signal) => {
      const { body } = await api.http.open({ method: 'POST', path }, signal)
      const id = new TextDecoder().decode(await readBounded(body, longestId)).trim()
      if (/^[\w~-]{1,64}$/.test(id)) return id
      throw unexpectedShape(`${api.http.host} did not name the stream it was asked for.`)
    },
    streamTold: async (id, signal) => {
      const request = { method: 'GET', path: `${path}/${segment(id)}`, patience: patienceMs } as const
      const start = await startOf((await api.http.open(request, signal)).body)
      if (/^\s*\[\s*\]/.test(start)) return false
      if (/^\s*\[\s*\{/.test(start)) return true
      throw unexpectedShape(`${api.http.host} did not answer with a list of what happened.`)
    },
  }
}

/** Its first characters, once it has ended or is larger than anybody wants to hear. */
async function startOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let start = ''
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (start.length < shown) start += decoder.decode(chunk, { stream: true })
    if (size > readAtMost) break
  }
  return start
}
