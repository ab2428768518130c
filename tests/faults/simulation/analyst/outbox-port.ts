import type { Operation } from '#shared/model/operation.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import type { Process } from '../wire.ts'

/** What stops the code of a process that just died. */
export class Died extends Error {
  constructor() {
    super('the process died')
  }
}

/** What an analyst's outbox file holds, kept beside it: the ground on which the ledger judges. */
export type Held = { operations: Map<string, Operation>; ids: Map<string, string>; removed: Set<string> }

/** What the ledger hears of the file: each as it is on the disk. */
export type OutboxWatch = { saved(operation: Operation): void; removed(operation: Operation): void }

/** The outbox with everything written to it noted; a process may die before and after each call. */
export function outboxPort(
  store: OutboxStore,
  { process, held, watch }: { process: Process; held: Held; watch: OutboxWatch },
): OutboxStore {
  const crossing =
    <A extends unknown[], R>(call: (...args: A) => R, note: (...args: A) => void = () => undefined) =>
    (...args: A): R => {
      if (!process.cross()) throw new Died()
      const answer = call(...args)
      note(...args)
      if (!process.cross()) throw new Died()
      return answer
    }
  const keep = (operations: readonly Operation[]): void => {
    for (const operation of operations) {
      held.operations.set(operation.id, operation)
      watch.saved(operation)
    }
  }
  /** Those named stand in this order, in the places they have among the others. */
  const inOrder = (ids: readonly string[]): void => {
    const waiting = [...ids]
    const rows = [...held.operations.values()].map((one) =>
      ids.includes(one.id) ? (held.operations.get(waiting.shift() ?? '') ?? one) : one,
    )
    held.operations.clear()
    for (const one of rows) held.operations.set(one.id, one)
  }
  return {
    ...store,
    append: crossing(store.append, keep),
    update: crossing(store.update, keep),
    remove: crossing(store.remove, (ids) => {
      for (const id of ids) {
        const operation = held.operations.get(id)
        if (operation !== undefined) watch.removed(operation)
        held.operations.delete(id)
        held.removed.add(id)
      }
    }),
    reorder: crossing(store.reorder, inOrder),
    insert: crossing(store.insert, (added, { order, changed }) => {
      keep([added, changed])
      inOrder(order)
    }),
    mapIds: crossing(store.mapIds, (pairs) => {
      for (const [localId, serverId] of pairs) held.ids.set(localId, serverId)
    }),
    saveSpecimen: crossing(store.saveSpecimen),
  }
}
