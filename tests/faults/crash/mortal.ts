import type { CacheWriter, OutboxStore } from '#main/store/ports.ts'

/** The process is no more: nothing that was not written before will be. */
export class Death extends Error {}

/** These change nothing, so a death beside them is a death after the change before. */
const readsOfOutbox: ReadonlySet<PropertyKey> = new Set([
  ...['get', 'has', 'pending', 'receipts', 'damaged', 'idMap', 'specimen', 'specimens', 'fact'],
])
const readsOfCache: ReadonlySet<PropertyKey> = new Set([
  ...['marks', 'session', 'catalog', 'alert', 'alertIdByKey', 'case', 'setAsideCount'],
  ...['suspects', 'expectedCount', 'observableGaps', 'alertsOfCases'],
])

export type Life = ReturnType<typeof mortalLife>

/**
 * One process, from start to death. Every change that outlives it is a step; right after step `diesAfter` it dies: `image` is
 * called at that moment, and from then on nothing can be read or written.
 */
export function mortalLife(image: () => void) {
  const steps: string[] = []
  let diesAfter: number | undefined
  let dead = false

  const done = (what: string): void => {
    if (dead) throw new Death(what)
    steps.push(what)
    if (steps.length !== diesAfter) return
    dead = true
    image()
    throw new Death(what)
  }
  const watched = <T extends object>(target: T, name: string, reads: ReadonlySet<PropertyKey>): T =>
    new Proxy(target, {
      get: (_, method) => {
        const own = Reflect.get(target, method) as (...args: unknown[]) => unknown
        return (...args: unknown[]) => {
          if (dead) throw new Death(String(method))
          const answer = own.apply(target, args)
          if (!reads.has(method)) done(`${name}.${String(method)}`)
          return answer
        }
      },
    })
  return {
    steps,
    isOver: () => dead,
    /** Steps count from now on. */
    arm: (after: number | undefined): void => {
      steps.length = 0
      diesAfter = after
    },
    /** Something outside of the files has changed: the server did what it was asked. */
    done,
    between: {
      outbox: (store: OutboxStore) => watched(store, 'outbox', readsOfOutbox),
      writer: (writer: CacheWriter) => watched(writer, 'cache', readsOfCache),
    },
  }
}
