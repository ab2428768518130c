import { randomBytes } from 'node:crypto'
import type { Audit } from '../state/types.ts'
import type { AuditBook } from './audit-book.ts'

/** TheHive 4's times, in ms; 5's are not documented [inferred]. */
export type StreamTimes = {
  /** How long a read waits for the first event. */
  wait: number
  /** How long it waits for a further event, and how long at most after the first. */
  grace: number
  longest: number
  /** A stream not read for this long is forgotten. */
  expiry: number
}

export const usualTimes: StreamTimes = { wait: 60_000, grace: 100, longest: 1_000, expiry: 300_000 }

type Stream = {
  organisation: string
  pending: Audit[]
  readAt: number
  /** Ends the read that waits, if one does. */
  finish?: (() => void) | undefined
  heard?: (() => void) | undefined
}

/** Long polling: each stream gives the audits of its organisation since it was last read, and none from before it opened. */
export function createStreams(book: AuditBook, times: StreamTimes = usualTimes, now = Date.now) {
  const streams = new Map<string, Stream>()
  book.watch((audit) => {
    for (const [id, stream] of streams) {
      if (!stream.finish && now() - stream.readAt > times.expiry) streams.delete(id)
      else if (stream.organisation === audit.organisation) {
        stream.pending.push(audit)
        stream.heard?.()
      }
    }
  })
  return {
    open: (organisation: string): string => {
      const id = tokenOf(20)
      streams.set(id, { organisation, pending: [], readAt: now() })
      return id
    },
    /** The audits since the last read, after waiting for one; undefined when there is no such stream. */
    read: async (id: string): Promise<Audit[] | undefined> => {
      const stream = streams.get(id)
      if (!stream || (!stream.finish && now() - stream.readAt > times.expiry)) {
        streams.delete(id)
        return undefined
      }
      stream.finish?.()
      if (stream.pending.length === 0) await arrival(stream, times)
      stream.readAt = now()
      return stream.pending.splice(0)
    },
    close: () => {
      for (const { finish } of streams.values()) finish?.()
      streams.clear()
    },
  }
}

export type Streams = ReturnType<typeof createStreams>

/** Resolves when events stopped arriving for the grace time, or nothing came at all in time. */
function arrival(stream: Stream, { wait, grace, longest }: StreamTimes): Promise<void> {
  return new Promise((resolve) => {
    let last = 0
    let timer = setTimeout(() => finish(), wait)
    const finish = () => {
      clearTimeout(timer)
      stream.finish = undefined
      stream.heard = undefined
      resolve()
    }
    stream.finish = finish
    stream.heard = () => {
      last ||= Date.now() + longest
      clearTimeout(timer)
      timer = setTimeout(finish, Math.min(grace, Math.max(0, last - Date.now())))
    }
  })
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Random letters and digits. */
export function tokenOf(length: number): string {
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('')
}

/** Audits of one request together, in order of arrival. */
export function byRequest(audits: readonly Audit[]): Audit[][] {
  const groups = new Map<string, Audit[]>()
  for (const audit of audits) {
    const group = groups.get(audit.requestId)
    if (group) group.push(audit)
    else groups.set(audit.requestId, [audit])
  }
  return [...groups.values()]
}
