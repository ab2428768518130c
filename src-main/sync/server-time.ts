import type { TheHiveServer } from '../thehive/port.ts'
import type { Clock } from './ports.ts'

type Timed = { server: Pick<TheHiveServer, 'clockAhead'>; now: () => number }

export type ByClock = Pick<Timed, 'server'> & { clock: Pick<Clock, 'now'> }

/** The time of whoever has a clock. */
export const timedBy = ({ server, clock }: ByClock): Timed => ({ server, now: () => clock.now() })

/** What the server's clock shows, ms, as far as its answers tell. */
export const serverNow = ({ server, now }: Timed): number => now() + (server.clockAhead?.() ?? 0)

/** A moment of the server's that is not later than this one, however its clock was misread: what is compared with its stamps misses none. */
export const earliestNow = ({ server, now }: Timed): number => now() + Math.min(0, server.clockAhead?.() ?? 0)

/** Transactions commit after their stamp is taken: this much is read again each time (api.md §8.1), and de-duplicated. */
export const overlapMs = 60_000

/**
 * From where changes are asked for, server time. A stamp from the server's future (its clock was set back since) must not hide
 * what is stamped until then.
 */
export const since = (newest: number, timed: Timed): number =>
  Math.max(0, Math.min(newest, serverNow(timed)) - overlapMs)
