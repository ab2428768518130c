import { ForagerError } from '#shared/errors/forager-error.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAway, resumed as resumedHere } from '../domain/carried.ts'
import { dueAtOnce } from '../domain/due-at-once.ts'
import { withPredecessors } from '../domain/waits-for.ts'
import { moved } from '../domain/plan-order.ts'
import type { Direction } from '../domain/plan-order.ts'
import { mustBeHere } from './away.ts'
import type { ServiceContext } from './context.ts'
import { mustFind } from './outbox.ts'

const waiting: readonly Operation['state'][] = ['held', 'ready', 'retry-at']
const isWaiting = ({ state }: Operation): boolean => waiting.includes(state)

/** They stay here until the analyst sends them. What is on its way or needs the analyst is left as it is. */
export function holdOperations(ids: readonly string[], context: ServiceContext): { count: number } {
  const named = new Set(ids)
  const held = context.book.all().filter((one) => named.has(one.id) && isWaiting(one))
  if (held.length === 0)
    throw new ForagerError('rejected', 'This cannot be held back any more: it is being sent or was sent.', {
      did: 'Nothing was changed.',
      next: 'Look at it in the outbox.',
    })
  context.book.saveAll(held.map((one) => ({ ...one, state: 'held', notBefore: untilAnalyst })))
  return { count: held.length }
}

/** No longer on hold; each goes when its turn comes. What was exported only with `exported`: the analyst knows what that means. */
export function resumeOperations(
  { ids, exported }: { ids: readonly string[]; exported: boolean },
  context: ServiceContext,
): { count: number } {
  const named = new Set(ids)
  const resumed = context.book.all().filter((one) => named.has(one.id) && (isWaiting(one) || isAway(one)))
  if (!exported) mustBeHere(resumed)
  const away = resumed.filter(isAway)
  context.book.saveAll(away.map((one) => resumedHere(one, context.now())))
  makeReady(
    resumed.filter((one) => !isAway(one)),
    context,
  )
  return { count: resumed.length }
}

/** Past its neighbour in the plan, when the order between them has no meaning. Durable when it returns. */
export function moveOperation(
  { id, direction }: { id: string; direction: Direction },
  context: ServiceContext,
): void {
  const { book } = context
  const operation = mustFind(id, context)
  if (!isWaiting(operation)) throw new ForagerError('rejected', 'Only what waits to be sent can be moved.')
  const result = moved(id, direction, { pending: book.all(), resolveId: (one) => book.resolveId(one) })
  if ('cannot' in result) throw new ForagerError('rejected', result.cannot, { did: 'Nothing was moved.' })
  book.reorder(result.order)
}

/** These may go now, with whatever has to go before them; what needs the analyst goes on waiting for that. */
export function sendOperations(ids: readonly string[], context: ServiceContext): { count: number } {
  const { book } = context
  const plan = { pending: book.all(), resolveId: (id: string) => book.resolveId(id) }
  const sent = withPredecessors(ids, plan).filter(isWaiting)
  if (sent.length === 0)
    throw new ForagerError('rejected', 'This is no longer waiting: it is being sent or was sent.', {})
  mustBeHere(sent, ids)
  makeReady(sent, context)
  return { count: sent.length }
}

/** Ends every undo window and every hold but that of an export. */
export function sendNow(context: ServiceContext): void {
  makeReady(
    context.book.all().filter((one) => isWaiting(one) && !isAway(one)),
    context,
  )
}

function makeReady(operations: readonly Operation[], context: ServiceContext): void {
  const now = context.now()
  const early = operations.filter((one) => one.notBefore > now)
  context.book.saveAll(early.map((one) => ({ ...one, state: 'ready', notBefore: dueAtOnce(one, now) })))
  context.queued()
}
