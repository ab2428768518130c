import { asForagerError } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { dueAtOnce } from '../domain/due-at-once.ts'
import { nextOperation } from '../domain/next-operation.ts'
import { parcelOf } from '../domain/parcel.ts'
import { attempt, takesAtOnce } from './attempt.ts'
import { heedStops } from './heed-stops.ts'
import type { StepContext } from './kinds/kind.ts'
import { readBack } from './read-back.ts'
import { momentsOf } from './late.ts'
import type { Moments } from './late.ts'
import { settle } from './settle.ts'

/** Why a drain ended. `connection` carries the error that stops everything. */
export type Drained = { ended: 'empty' } | { ended: 'connection'; error: ForagerError } | { ended: 'stopped' }

/**
 * Sends what may be sent, a parcel at a time, oldest first, until nothing is left or nobody can send. Whether it is to stop is asked
 * before each parcel, and before whatever of it changes something.
 */
export async function drain(context: StepContext, isStopped = () => false): Promise<Drained> {
  const { pending, clock } = context
  const alone = new Set<string>()
  try {
    // Nobody sends but this: what a disk that refused a write left so is asked about, as after a restart.
    pending.doubtSending()
    await readBack(pending.owed(), context)
    for (;;) {
      if (context.signal.aborted || isStopped()) return { ended: 'stopped' }
      const first = nextOperation(pending.ours(), clock.now())
      if (first === undefined) return { ended: 'empty' }
      const server = heedStops(context.server, isStopped)
      const stop = await step(first, alone, { ...context, server })
      if (stop !== undefined) return stop
    }
  } catch (thrown) {
    return endedBy(asForagerError(thrown))
  }
}

async function step(
  first: Operation,
  alone: Set<string>,
  context: StepContext,
): Promise<Drained | undefined> {
  const { pending, clock, server } = context
  const now = clock.now()
  const moments = momentsOf(context)
  const limitOf = (operation: Operation) => takesAtOnce(operation, server)
  const parcel = parcelOf(first, pending.ours(), { now, limitOf, alone })
  const letters = parcel.map((letter) => ({
    ...letter,
    operation: sending(letter.operation, moments, now),
    members: letter.members.map((member) => sending(member, moments, now)),
    queued: letter.members,
  }))
  // On disk before the first byte leaves: found at start-up it means "ask first".
  pending.saveAll(letters.flatMap(({ members }) => members))
  const { changed, done, error } = settle(await attempt(letters, context), alone, context)
  // The server's row of it may be in the copy by now: one thing shows once, with what was decided about it.
  await pending.refold(...changed.filter(toldOfChild).map(({ alertId }) => alertId))
  // What cannot be read now is owed, and read first when the next drain begins.
  if (error !== undefined) return endedBy(error)
  await readBack(done, context)
  return undefined
}

/** What is decided about the child it adds names it by an id of ours until then. Of several, some may be refused. */
const toldOfChild = ({ payload, state }: Operation): boolean =>
  (state === 'sent' || state === 'rejected') && ('localId' in payload || 'values' in payload)

/**
 * Whatever was tried before it came into doubt certainly did not happen. What was due waits for no moment any more, whatever the
 * clock is set to by the next start; what is on hold, or rests, and is only asked about along with it still does.
 */
function sending(operation: Operation, moments: Moments, now: number): Operation {
  const { attempts, firstSentAt = moments.firstSentAt, mustVerify } = operation
  const left = mustVerify ? { firstSentAt } : moments
  const notBefore = operation.notBefore > now ? operation.notBefore : dueAtOnce(operation, now)
  return { ...operation, ...left, state: 'sending', attempts: attempts + 1, notBefore }
}

/** Nobody can send, or read back what the server has: nothing is lost, the drain ends and tries again later. */
function endedBy(error: ForagerError): Drained {
  return error.kind === 'cancelled' ? { ended: 'stopped' } : { ended: 'connection', error }
}
