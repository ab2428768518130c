import { protocolVersion } from '#shared/contract/define.ts'

type Listener = (payload: unknown) => void

/** Hands each message to those who asked for its name. Foreign and unknown messages are dropped: nobody asked for them. */
export function createEventHub(names: readonly string[]): {
  dispatch: (message: unknown) => void
  on: (name: string, listener: Listener) => () => void
} {
  const listeners = new Map(names.map((name) => [name, new Set<Listener>()]))
  return {
    dispatch: (message) => {
      if (typeof message !== 'object' || message === null) return
      const { v, name, payload } = message as { v?: unknown; name?: unknown; payload?: unknown }
      if (v !== protocolVersion || typeof name !== 'string') return
      for (const listener of [...(listeners.get(name) ?? [])]) callAlone(listener, payload)
    },
    on: (name, listener) => {
      const own = listeners.get(name)
      if (own === undefined) throw new TypeError(`Forager has no event called ${name}`)
      // A wrapper of its own, so that one function registered twice is heard twice and removed once.
      const entry: Listener = (payload) => listener(payload)
      own.add(entry)
      return () => void own.delete(entry)
    },
  }
}

/** One listener's failure is reported by the page's own error event and keeps nobody else from hearing. */
function callAlone(listener: Listener, payload: unknown): void {
  try {
    listener(payload)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
