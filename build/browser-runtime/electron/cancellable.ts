import type { EventEmitter } from 'node:events'

/** Emits an event that a listener may prevent; answers whether one did. */
export function emitCancellable(
  emitter: EventEmitter,
  name: string,
  facts: Record<string, unknown> = {},
): boolean {
  let prevented = false
  const event = {
    ...facts,
    preventDefault: () => {
      prevented = true
    },
    get defaultPrevented() {
      return prevented
    },
  }
  emitter.emit(name, event)
  return prevented
}
