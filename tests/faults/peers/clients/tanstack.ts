import { createCollection, localOnlyCollectionOptions } from '@tanstack/db'
import { NonRetriableError, startOfflineExecutor } from '@tanstack/offline-transactions'
import type { LeaderElection, OnlineDetector } from '@tanstack/offline-transactions'
import type { Call } from '../decisions.ts'
import { inRealTime } from './real-time.ts'
import type { OpenQueue } from './real-time.ts'

/** A window's network events, which Node has not. */
function switchedNetwork(): OnlineDetector & { goOnline: () => void } {
  const listeners = new Set<() => void>()
  let online = false
  const notifyOnline = (): void => listeners.forEach((listener) => listener())
  return {
    subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    ...{ notifyOnline, isOnline: () => online, dispose: () => listeners.clear() },
    goOnline: () => {
      online = true
      notifyOnline()
    },
  }
}

/** One process, no other tabs; the browser's locks would be shared by all clients of this one. */
const onlyTab: LeaderElection = {
  ...{ requestLeadership: () => Promise.resolve(true), releaseLeadership: () => undefined },
  ...{ isLeader: () => true, onLeadershipChange: () => () => undefined },
}

const openQueue: OpenQueue = async ({ kept, send }) => {
  const network = switchedNetwork()
  const options = localOnlyCollectionOptions({ id: 'decisions', getKey: ({ id }: Call) => id })
  const decisions = createCollection(options)
  const executor = startOfflineExecutor({
    collections: { decisions },
    mutationFns: {
      send: async ({ transaction, idempotencyKey }) => {
        for (const { modified } of transaction.mutations) await send(modified as Call, idempotencyKey)
      },
    },
    ...{ storage: kept.adapter, onlineDetector: network, leaderElection: onlyTab },
  })
  await executor.waitForInit()
  const waiting = async (): Promise<string[]> =>
    (await executor.peekOutbox()).flatMap(({ mutations }) =>
      mutations.map(({ modified }) => (modified as Call).id),
    )
  return {
    waiting,
    add: async (call) => {
      const transaction = executor.createOfflineTransaction({ mutationFnName: 'send', autoCommit: false })
      const { isPersisted } = transaction.mutate(() => void decisions.insert(call))
      // It tells the end of the sending; what was refused is known from `send`.
      isPersisted.promise.catch(() => undefined)
      transaction.commit().catch(() => undefined)
      while (!(await waiting()).includes(call.id)) await new Promise(setImmediate)
    },
    goOnline: network.goOnline,
    close: () => executor.dispose(),
  }
}

export const tanstack = inRealTime(
  '@tanstack/offline-transactions',
  openQueue,
  (words) => new NonRetriableError(words),
)
