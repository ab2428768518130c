import { asForagerError } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import { classifyFailure } from './classify-failure.ts'
import { askedMs } from './reconnect.ts'

/** After a failure the server is left in peace for so long, ms. */
export const laterMs = 300_000

/** A clock set back must not make the rest last for years. */
export const isResting = (until: number, now: number): boolean => now < until && until - now <= laterMs

/** The server answered, and cannot or may not show this one thing: the connection is as good as before. */
export const isOfOneThing = (error: ForagerError): boolean =>
  askedMs(error) === undefined &&
  (isRefusal(error) || error.kind === 'server-error' || error.kind === 'unexpected-shape')

/** Whatever came of this one question, it tells nothing; and no pause is asked for. */
export const isNoAnswer = (error: ForagerError): boolean =>
  askedMs(error) === undefined && classifyFailure(error).outcome === 'unknown'

type Questions = {
  ids: readonly string[]
  /** So many at once. */
  most: number
  ask: (id: string) => Promise<void>
  /** Whether a failure concerns the one that was asked for alone; any other is thrown. */
  isItsOwn: (error: ForagerError) => boolean
  now: () => number
  /** Between requests: the others wait for the next round. */
  stopped: () => boolean
}

/** Who was asked for, and what went wrong over the one after them. */
export type AskedFor = { asked: string[]; problem?: ForagerError | undefined }

/**
 * Asks for one thing after the other. One that the server cannot show ends that for this round, so that a server in trouble is not asked
 * for all of them; it is left alone for a while then, and holds up no other. One for each engine: it remembers which those are.
 */
export function createOneByOne() {
  const rests = new Map<string, number>()

  return async function oneByOne({ ids, most, ask, isItsOwn, now, stopped }: Questions): Promise<AskedFor> {
    for (const [id, until] of rests) if (!isResting(until, now())) rests.delete(id)
    const asked: string[] = []
    for (const id of ids.filter((one) => !rests.has(one)).slice(0, most)) {
      if (stopped()) break
      try {
        await ask(id)
      } catch (thrown) {
        const problem = asForagerError(thrown)
        if (!isItsOwn(problem)) throw thrown
        rests.set(id, now() + laterMs)
        return { asked, problem }
      }
      asked.push(id)
    }
    return { asked }
  }
}
export type OneByOne = ReturnType<typeof createOneByOne>
