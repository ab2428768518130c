import type { steppedClock } from '#tests/support/sync/stepped-clock.ts'
import type { PeerDecision } from '../decisions.ts'
import type { Wire } from '../wire.ts'

/** Where a client says a decision is. `asked`: before the analyst, with both values; `refused`: given up, and said so. */
export type Fate = 'done' | 'waiting' | 'asked' | 'refused' | 'gone'

/** A queue with which an analyst decides while nothing can be sent. */
export interface QueueClient {
  /** Comes back when all of them are safe by the client's own word. */
  decide(decisions: readonly PeerDecision[]): Promise<void>
  /** The process is no more: what is on its way is not heard, and nothing is written from here on. */
  die(): void
  /** Sends, from the files the dead left if need be, until nothing moves; false: it did not come to that. */
  rest(): Promise<boolean>
  fateOf(decision: PeerDecision): Fate | Promise<Fate>
  close(): Promise<void>
}

export type Ground = {
  url: string
  wire: Wire
  /** The clock of a client whose time is given to it; the others live in real time. */
  time: ReturnType<typeof steppedClock>
}

export type ClientKind = {
  name: string
  /** Lives in the time of `Ground`, and so does its server. */
  stepped: boolean
  open: (ground: Ground) => Promise<QueueClient>
}
