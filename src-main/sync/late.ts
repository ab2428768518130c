import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { isAnswered } from './classify-failure.ts'
import type { Clock } from './ports.ts'
import { earliestNow } from './server-time.ts'

/** What left this long ago and was not answered, the server has taken or never will. Beyond any usual proxy's and server's own time-outs. */
export const latestMs = 90_000

type Tried = { members: readonly Operation[]; queued: readonly Operation[] }
type Left = Pick<Operation, 'leftAt' | 'firstSentAt'>
type Now = { server: Pick<TheHiveServer, 'clockAhead'>; clock: Pick<Clock, 'now'> }

/**
 * The attempt that nobody answered may be on its way for so long yet, ms: that the server does not show it says nothing till then. A moment
 * that has not come yet was misread, by a clock that was set while the request was under way.
 */
export function mayComeForMs({ leftAt, firstSentAt = 0 }: Left, { server, clock }: Now): number {
  if (leftAt === undefined) return 0
  const there = earliestNow({ server, now: () => clock.now() })
  const from = [leftAt, firstSentAt].find((at) => at <= there) ?? 0
  return Math.max(0, from + latestMs - there)
}

/** Of unknown outcome still: it is asked about again, once that can be told at the latest. */
export const notToldYet = (message: string, forMs: number): ForagerError =>
  new ForagerError('server-error', message, {
    did: 'Nothing was sent again.',
    details: { sent: true, toldInMs: forMs },
  })

/** An answer is waited for so long after the last byte of a request, ms: whatever its length, it had left by then. */
export const answerMs = 30_000

/**
 * The decisions of a letter that failed, with what is known of their last attempt: over, given up just now, or, where they were only asked
 * about, as before.
 */
export function heard({ members, queued }: Tried, error: ForagerError, now: Now): Operation[] {
  const isOver = isAnswered(error) || error.details?.sent === false
  const there = earliestNow({ server: now.server, now: () => now.clock.now() })
  return members.map((member, at) => {
    const { leftAt, ...rest } = member
    if (leftAt === undefined || leftAt === queued[at]?.leftAt) return member
    return (isOver ? rest : { ...rest, leftAt: Math.max(leftAt, there - answerMs) }) as Operation
  })
}
