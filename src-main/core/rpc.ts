import type { MessagePort, Transferable, Worker } from 'node:worker_threads'
import { toErrorData, fromErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'

/** An interface as seen from another thread: the same methods, each a promise. */
export type Remote<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never
}

type Call = { id: number; method: string; args: unknown[] }
type Answer = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: ErrorData }
type Notice = { event: string; payload: unknown }

/** Every thread that serves knows this one, whatever else it does. */
const greeting = 'greet'

/** Either end of a thread boundary. */
export type Port = Pick<MessagePort | Worker, 'postMessage'> & {
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** Answers calls on a port with these methods, in the order they arrive when the methods are synchronous. */
export function serve<T extends object>(port: Port, methods: T): (event: string, payload: unknown) => void {
  const table = methods as Record<string, (...args: unknown[]) => unknown>
  port.on('message', (message) => {
    const { id, method, args } = message as Call
    const answer = (reply: Answer) => port.postMessage(reply)
    Promise.try(() => {
      if (method === greeting) return undefined
      const run = table[method]
      if (run === undefined) throw new ForagerError('bug', `No method ${method} in this thread`)
      return run.apply(methods, args)
    }).then(
      (value) => answer({ id, ok: true, value }),
      (thrown: unknown) => answer({ id, ok: false, error: toErrorData(thrown) }),
    )
  })
  return (event, payload) => port.postMessage({ event, payload } satisfies Notice)
}

export type Connected<T> = {
  remote: Remote<T>
  onEvent: (listener: (event: string, payload: unknown) => void) => void
  /** Answered once the other side serves. */
  greet: () => Promise<unknown>
  /** Rejects everything in flight and everything asked later: the thread behind is gone. */
  fail: (error: ForagerError) => void
}

/** Calls the other side's methods. `transfer` names buffers to move rather than copy, by method. */
export function connect<T extends object>(
  port: Port,
  transfer: (method: string, args: unknown[]) => Transferable[] = () => [],
): Connected<T> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners: ((event: string, payload: unknown) => void)[] = []
  let nextId = 1
  let failed: ForagerError | undefined
  port.on('message', (message) => {
    const data = message as Answer | Notice
    if ('event' in data) {
      for (const listener of listeners) listener(data.event, data.payload)
      return
    }
    const entry = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) entry?.resolve(data.value)
    else entry?.reject(fromErrorData(data.error))
  })
  const ask = (method: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      if (failed !== undefined) return reject(failed)
      const id = nextId++
      waiting.set(id, { resolve, reject })
      port.postMessage({ id, method, args } satisfies Call, transfer(method, args))
    })
  const remote = new Proxy({} as Remote<T>, {
    get: (_, method) => (method === 'then' ? undefined : (...args: unknown[]) => ask(String(method), args)),
  })
  const fail = (error: ForagerError) => {
    failed = error
    for (const entry of waiting.values()) entry.reject(error)
    waiting.clear()
  }
  return { remote, onEvent: (listener) => listeners.push(listener), greet: () => ask(greeting, []), fail }
}
