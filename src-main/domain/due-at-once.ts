import type { Operation } from '#shared/model/operation.ts'

/**
 * `notBefore` of what waits for no moment any more. Not later than the decision itself: a clock that is set back after
 * this makes it wait no longer.
 */
export const dueAtOnce = ({ createdAt }: Pick<Operation, 'createdAt'>, now: number): number =>
  Math.min(createdAt, now)
