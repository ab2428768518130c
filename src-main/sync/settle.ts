import { toErrorData } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Operation, Receipt } from '#shared/model/operation.ts'
import { comparedFirst } from '../domain/compared-first.ts'
import { withoutTaken } from '../domain/without-taken.ts'
import type { Delivered, Letter } from './attempt.ts'
import { backoffMs } from './backoff.ts'
import { classifyFailure } from './classify-failure.ts'
import type { Outcome, StepContext } from './kinds/kind.ts'
import { heard } from './late.ts'
import { askedMs, longestPauseMs } from './reconnect.ts'

/** All that changed; of it the taken decisions, to be read back; and what stops everything, if anything does. */
export type Settled = { changed: Operation[]; done: Operation[]; error: ForagerError | undefined }

/** Writes down what became of a parcel, all at once. From here on a receipt is durable and the fold still shows its decision. */
export function settle(delivered: Delivered, alone: Set<string>, context: StepContext): Settled {
  const { pending } = context
  const settled: Settled = { changed: [], done: [], error: undefined }
  const changed: Operation[] = []
  const after = laterFor(delivered, context)
  for (const { letter, outcome } of delivered) {
    if ('done' in outcome) changed.push(...acknowledged(letter, outcome.done))
    else if ('error' in outcome && !isSplit(letter, outcome.error)) {
      const { error, isUntold } = outcome
      const became = (member: Operation) => (isUntold ? untold(member, error) : failed(member, error, after))
      changed.push(...heard(letter, error, context).map(became))
      if (stops(error)) settled.error = error
    } else {
      changed.push(
        ...letter.queued.map((member) => (isApart(letter, outcome) ? comparedFirst(member) : member)),
      )
      if ('error' in outcome || 'notYet' in outcome || letter.members.length > 1)
        for (const { id } of letter.members) alone.add(id)
    }
  }
  settled.changed = changed.flatMap((one) => withoutTaken(one, pending.ours()))
  settled.done = changed.filter(({ state }) => state === 'sent')
  pending.saveAll(settled.changed)
  for (const operation of settled.done) pending.owe(pending.resolved(operation))
  for (const { letter, outcome } of delivered) undecided(letter, outcome, context)
  return settled
}

/** Nothing was sent: a single decision waits for the analyst, or goes out anew on their ground. */
function undecided({ members, queued }: Letter, outcome: Outcome, { pending }: StepContext): void {
  const [member, before] = [members[0], queued[0]]
  if (members.length > 1 || member === undefined || before === undefined) return
  const merged = 'merged' in outcome ? outcome.merged : undefined
  const ground = merged === undefined ? {} : { base: merged.base, payload: merged.payload }
  if ('conflict' in outcome) {
    const waiting = { ...member, ...ground, state: 'conflict', conflicts: outcome.conflict }
    pending.replace(before, waiting as Operation)
  } else if (merged !== undefined)
    pending.replace(before, { ...before, ...ground, state: 'ready' } as Operation)
}

/** A look at several edits as one found a colleague's value: the one it is about has to meet it again. */
const isApart = ({ members }: Letter, outcome: Outcome): boolean =>
  members.length > 1 && ('conflict' in outcome || 'merged' in outcome)

/** Several edits sent as one were refused: each is sent by itself then, so that the one at fault holds up no other. */
const isSplit = ({ members }: Letter, error: ForagerError): boolean => members.length > 1 && isRefusal(error)

function acknowledged({ members }: Letter, receipt: Receipt): Operation[] {
  return members.map((member, at) => {
    const { lastError: _cleared, conflicts: _settled, mustCompare: _done, ...rest } = member
    const earlier = at < members.length - 1 ? ' It went together with the next edit.' : ''
    const kept = { ...receipt, note: `${receipt.note}${earlier}` }
    return { ...rest, state: 'sent', mustVerify: false, receipt: kept } as Operation
  })
}

/** Now, and when a parcel may be tried again: one moment for all, so that they are asked about together. */
type After = { now: number; later: number }

function laterFor(delivered: Delivered, { clock }: StepContext): After {
  const attempts = delivered.flatMap(({ letter }) => letter.members.map((member) => member.attempts))
  const now = clock.now()
  return { now, later: now + backoffMs(Math.max(1, ...attempts), clock.random()) }
}

/** A server that asks for peace is not sent the next one either, whatever became of this one. */
const stops = (error: ForagerError): boolean =>
  askedMs(error) !== undefined || ['stopped', 'connection', 'wait'].includes(classifyFailure(error).outcome)

/** When the server's answer will mean something at the latest; a pause that has grown longer is cut to that. */
function toldAt({ details }: ForagerError, { now, later }: After): number {
  const told = details?.['toldInMs']
  return typeof told === 'number' ? Math.min(later, now + told) : later
}

function failed(member: Operation, error: ForagerError, after: After): Operation {
  const { now, later } = after
  const failure = classifyFailure(error)
  const lastError = toErrorData(error)
  const asked = askedMs(error)
  const pause = asked === undefined ? undefined : now + asked
  switch (failure.outcome) {
    case 'stopped':
      return member
    case 'connection':
      return {
        ...unsent(member),
        ...{ state: 'ready', attempts: member.attempts - 1 },
        // What was stopped by our own side did not fail.
        ...(error.kind !== 'cancelled' && { lastError }),
      }
    case 'retry':
      return { ...unsent(member), state: 'retry-at', notBefore: later, lastError }
    case 'unknown':
      return {
        ...member,
        state: 'retry-at',
        mustVerify: true,
        notBefore: pause ?? toldAt(error, after),
        lastError,
      }
    case 'wait':
      return {
        ...unsent(member),
        state: 'retry-at',
        notBefore: now + Math.min(longestPauseMs, failure.ms),
        lastError,
      }
    case 'refused':
      return { ...member, state: 'rejected', lastError }
  }
}

/** Told as refused it could be taken for not done. */
const untold = (member: Operation, error: ForagerError): Operation => ({
  ...member,
  state: 'cannot-tell',
  lastError: toErrorData(error),
})

/** This attempt certainly did not happen; one before it may have. */
function unsent(member: Operation): Operation {
  if (member.mustVerify) return member
  const { firstSentAt: _none, ...rest } = member
  return rest as Operation
}
