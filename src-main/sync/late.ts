import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { decidedAt } from '../domain/due-at-once.ts'
import { classifyFailure, isAnswered } from './classify-failure.ts'
import { noticedMs } from './clock-steps.ts'
import { earliestNow, serverNow, timedBy } from './server-time.ts'
import type { ByClock } from './server-time.ts'

/** What left this long ago and was not answered, the server has taken or never will. Beyond any usual proxy's and server's own time-outs. */
export const latestMs = 90_000

type Tried = { members: readonly Operation[]; queued: readonly Operation[] }
type Left = Pick<Operation, 'leftAt'>

/** Of an attempt that leaves now, by the server's clock. */
export type Moments = Required<Pick<Operation, 'firstSentAt' | 'leftAt'>>

/**
 * The server's stamps are compared with the first: never later than ours, as a clock that was misread forward would hide what an earlier
 * attempt made. How long ago it was is told by the other.
 */
export const momentsOf = (now: ByClock): Moments => ({
  firstSentAt: earliestNow(timedBy(now)),
  leftAt: there(now),
})

/** The attempt that nobody answered may be on its way for so long yet, ms: that the server does not show it says nothing till then. */
export function mayComeForMs({ leftAt }: Left, now: ByClock): number {
  return leftAt === undefined ? 0 : Math.min(latestMs, Math.max(0, leftAt + latestMs - there(now)))
}

/**
 * A moment of its attempts that has not come yet was misread, by a clock that was set shortly before: when the last one left counts from when
 * that is noticed, which is once.
 */
export function asItLeft<O extends Operation>(operation: O, now: ByClock): O {
  const { leftAt = 0 } = operation
  const at = there(now)
  return { ...operation, ...(leftAt > at && { leftAt: at }), ...firstMoved(operation, now) }
}

/**
 * A new case is known by its marker: the time in which it is listed begins anew. What is known by its words and moment was tried no sooner
 * than it was decided; where that was misread too, whatever is ours and has its words counts.
 */
function firstMoved(operation: Operation, now: ByClock): Pick<Operation, 'firstSentAt'> {
  const { kind, carried, firstSentAt = 0 } = operation
  const latest = there(now) + noticedMs
  if (firstSentAt <= latest) return {}
  if (kind === 'case.create' && carried === undefined) return { firstSentAt: earliestNow(timedBy(now)) }
  const decided = decidedAt(operation)
  return { firstSentAt: decided > latest ? 0 : decided }
}

/** How long ago something left is told by the server's clock alone: ours may be set meanwhile, either way. */
const there = (now: ByClock): number => serverNow(timedBy(now))

/** Of unknown outcome still: it is asked about again, once that can be told at the latest. */
export const notToldYet = (message: string, forMs: number): ForagerError =>
  new ForagerError('server-error', message, {
    did: 'Nothing was sent again.',
    details: { sent: true, toldInMs: forMs },
  })

/** An answer is waited for so long after the last byte of a request, ms: whatever its length, it had left by then. */
export const answerMs = 30_000

/**
 * The decisions of a letter that failed, with what is known of their last attempt: that nothing came of it, that whatever came of it came by
 * now, that it was given up just now, or, where they were only asked about, as before.
 */
export function heard({ members, queued }: Tried, error: ForagerError, now: ByClock): Operation[] {
  const isUnknown = classifyFailure(error).outcome === 'unknown'
  const left = isAnswered(error) ? there(now) - latestMs : there(now) - answerMs
  return members.map((member, at) => {
    const { leftAt, ...rest } = member
    if (leftAt === undefined || leftAt === queued[at]?.leftAt) return member
    if (isAnswered(error)) return (isUnknown ? { ...rest, leftAt: left } : rest) as Operation
    return (error.details?.sent === false ? rest : { ...rest, leftAt: Math.max(leftAt, left) }) as Operation
  })
}
