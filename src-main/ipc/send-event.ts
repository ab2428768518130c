import type { WebContents } from 'electron'
import { protocolVersion } from '#shared/contract/define.ts'
import { eventChannel } from '#shared/contract/envelope.ts'
import type { EventMessage } from '#shared/contract/envelope.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'

export type SendEvent = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** The one place that sends to a page. A window that is gone hears nothing, which is no error. */
export function createSendEvent(contents: () => WebContents | undefined): SendEvent {
  return (name, payload) => {
    const target = contents()
    if (target === undefined || target.isDestroyed()) return
    target.send(eventChannel, { v: protocolVersion, name, payload } satisfies EventMessage)
  }
}
