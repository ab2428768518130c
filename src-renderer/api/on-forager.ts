import type { EventName, EventPayload } from '#shared/contract/events.ts'
import { bridge } from './bridge.ts'

/** Hears what main tells unasked. Answers the function that stops it. */
export function onForager<E extends EventName>(
  name: E,
  listener: (payload: EventPayload<E>) => void,
): () => void {
  return bridge().on(name, listener)
}
