import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { quickFolder, removeFolder } from '../../rig/folders.ts'
import type { Call, PeerDecision } from '../decisions.ts'
import type { ClientKind, Fate, Ground, QueueClient } from './client.ts'
import { openKeptMap } from './kept-map.ts'
import type { KeptMap } from './kept-map.ts'
import { Final, sendCall } from './sender.ts'

/** A queue of a library over one file. */
export interface Queue {
  /** Safe when it comes back. */
  add(call: Call): Promise<void>
  goOnline(): void
  /** Ids of what is still to be sent. */
  waiting(): Promise<string[]>
  close(): void
}

/** Sends one; throws `final` of what will never be taken, anything else for another try. */
export type Send = (call: Call, key: string) => Promise<void>

export type OpenQueue = (parts: { kept: KeptMap; send: Send }) => Promise<Queue>

const pollMs = 20
const mostMs = 120_000

/** A library's queue as a client: in real time, with its own pauses, opened again from its file after a death. */
export function inRealTime(
  name: string,
  openQueue: OpenQueue,
  asFinal: (words: string) => Error,
): ClientKind {
  return { name, stepped: false, open: (ground) => openClient(ground, { openQueue, asFinal }) }
}

type Kind = { openQueue: OpenQueue; asFinal: (words: string) => Error }

async function openClient({ url, wire }: Ground, { openQueue, asFinal }: Kind): Promise<QueueClient> {
  const folder = quickFolder()
  const fates = new Map<string, Fate>()
  const begin = async () => {
    const kept = openKeptMap(join(folder, 'queue.json'))
    const send: Send = async (call, key) => {
      try {
        await sendCall(call, key, { url, kept })
      } catch (thrown) {
        if (kept.isDead()) return new Promise<void>(() => undefined)
        if (!(thrown instanceof Final)) throw thrown
        fates.set(call.id, 'refused')
        throw asFinal(thrown.message)
      }
      if (kept.isDead()) return new Promise<void>(() => undefined)
      fates.set(call.id, 'done')
    }
    return { kept, queue: await openQueue({ kept, send }) }
  }
  let life = await begin()
  const goOn = async (): Promise<void> => {
    life.queue.close()
    life = await begin()
    life.queue.goOnline()
  }
  return {
    decide: async (decisions) => {
      for (const { call } of decisions) await life.queue.add(call)
    },
    die: () => life.kept.die(),
    rest: async () => {
      life.queue.goOnline()
      for (const end = Date.now() + mostMs; Date.now() < end; await delay(pollMs)) {
        if (life.kept.isDead()) await goOn()
        else if ((await life.queue.waiting()).length === 0) return (await wire.arrived(), true)
      }
      return false
    },
    fateOf: async ({ call }: PeerDecision) =>
      (await life.queue.waiting()).includes(call.id) ? 'waiting' : (fates.get(call.id) ?? 'gone'),
    close: async () => {
      life.kept.die()
      life.queue.close()
      removeFolder(folder)
    },
  }
}
