import type { Operation } from '#shared/model/operation.ts'
import { needsAttention } from '#main/domain/next-operation.ts'
import { retryOperation } from '#main/services/outbox.ts'
import type { ServiceContext } from '#main/services/context.ts'
import type { Analyst } from './analyst.ts'

/** No pause between two tries is longer than this, ms. */
export const longestPauseMs = 360_000
const mostRounds = 12

/** Lets time pass until nothing moves any more; undefined when it never comes to that. */
export async function driveToRest(
  analyst: Pick<Analyst, 'book'>,
  round: (ms: number) => Promise<void>,
): Promise<'rested' | undefined> {
  for (let done = 0; done < mostRounds; done += 1) {
    if (analyst.book.all().every(needsAttention) && analyst.book.owed().length === 0) return 'rested'
    await round(longestPauseMs)
  }
  return undefined
}

/** A loaded machine may miss its own time-outs: then the next round comes up. */
export async function getOnline(
  { engine }: Pick<Analyst, 'engine'>,
  round: (ms: number) => Promise<void>,
): Promise<void> {
  for (let tried = 0; engine.status().connection !== 'online'; tried += 1) {
    if (tried === mostRounds) throw new Error('The analyst did not get online.')
    await round(longestPauseMs)
  }
}

/** The analyst's click on "try again". */
export function tryAgain(operation: Operation, { book }: Pick<Analyst, 'book'>, now: () => number): void {
  const context = { book, now, queued: () => undefined } as unknown as ServiceContext
  retryOperation(operation.id, context)
}
