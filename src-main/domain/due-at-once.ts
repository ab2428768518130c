import type { Operation } from '#shared/model/operation.ts'

type Decided = Pick<Operation, 'createdAt' | 'setBackBy'>

/** When it was decided, as our clock goes today: what it was set back by since has been allowed for. */
export const decidedAt = ({ createdAt, setBackBy = 0 }: Decided): number => createdAt - setBackBy

/**
 * `notBefore` of what waits for no moment any more. Not later than the decision itself: a clock that is set back after
 * this makes it wait no longer.
 */
export const dueAtOnce = (operation: Decided, now: number): number => Math.min(decidedAt(operation), now)
