import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { decidedAt } from '../domain/due-at-once.ts'
import { isAnswered } from './classify-failure.ts'
import { noticedMs } from './clock-steps.ts'
import type { Clock } from './ports.ts'
import { earliestNow, serverNow } from './server-time.ts'

/** What left this long ago and was not answered, the server has taken or never will. Beyond any usual proxy's and server's own time-outs. */
export const latestMs = 90_000

type Tried = { members: readonly Operation[]; queued: readonly Operation[] }
type Left = Pick<Operation, 'leftAt'>
type Now = { server: Pick<TheHiveServer, 'clockAhead'>; clock: Pick<Clock, 'now'> }

/** The attempt that nobody answered may be on its way for so long yet, ms: that the server does not show it says nothing till then. */
export function mayComeForMs({ leftAt }: Left, now: Now): number {
  return leftAt === undefined ? 0 : Math.min(latestMs, Math.max(0, leftAt + latestMs - earliest(now)))
}

/**
 * A moment of its attempts that has not come yet was misread, by a clock that was set shortly before: when the last one left counts from when
 * that is noticed, which is once.
 */
export function asItLeft<O extends Operation>(operation: O, now: Now): O {
  const { leftAt = 0 } = operation
  const there = earliest(now)
  return { ...operation, ...(leftAt > there && { leftAt: there }), ...firstMoved(operation, now) }
}

/**
 * A new case is known by its marker: the time in which it is listed begins anew. What is known by its words and moment was tried no sooner
 * than it was decided; where that was misread too, whatever is ours and has its words counts.
 */
function firstMoved(operation: Operation, now: Now): Pick<Operation, 'firstSentAt'> {
  const { kind, carried, firstSentAt = 0 } = operation
  const latest = serverNow({ server: now.server, now: () => now.clock.now() }) + noticedMs
  if (firstSentAt <= latest) return {}
  if (kind === 'case.create' && carried === undefined) return { firstSentAt: earliest(now) }
  const decided = decidedAt(operation)
  return { firstSentAt: decided > latest ? 0 : decided }
}

const earliest = ({ server, clock }: Now): number => earliestNow({ server, now: () => clock.now() })

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
  const there = earliest(now)
  return members.map((member, at) => {
    const { leftAt, ...rest } = member
    if (leftAt === undefined || leftAt === queued[at]?.leftAt) return member
    return (isOver ? rest : { ...rest, leftAt: Math.max(leftAt, there - answerMs) }) as Operation
  })
}
