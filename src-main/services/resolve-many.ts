import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { SeenTheirs } from '#shared/model/conflict-choice.ts'
import type { ServiceContext } from './context.ts'
import { resolveConflict } from './resolve-conflict.ts'

type Many = { take: 'mine' | 'theirs'; conflicts: readonly { id: string; seen: SeenTheirs }[] }
type Outcome = { settled: number; left: { id: string; problem: ErrorData }[] }

/** One choice for all of them, one after the other: each is settled whatever becomes of the others. */
export async function resolveMany({ take, conflicts }: Many, context: ServiceContext): Promise<Outcome> {
  const outcome: Outcome = { settled: 0, left: [] }
  for (const { id, seen } of conflicts) {
    const choices = Object.fromEntries(Object.keys(seen).map((field) => [field, take]))
    try {
      await resolveConflict({ id, seen, choices }, context)
      outcome.settled += 1
    } catch (thrown) {
      outcome.left.push({ id, problem: toErrorData(asForagerError(thrown)) })
    }
  }
  return outcome
}
