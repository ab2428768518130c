import { tryHistory } from './history.ts'
import type { HistoryOutcome } from './history.ts'

const sums = ['decisions', 'conflicts', 'merged', 'lost', 'repeated', 'overwritten', 'stuck'] as const
type Sums = Pick<HistoryOutcome, (typeof sums)[number]>

/** Histories by seed, one after the other; the first that went wrong is named with what reproduces it. */
export async function tryAtRandom({
  seed,
  count,
}: {
  seed: number
  count: number
}): Promise<Sums & { runs: number; failure: string | undefined }> {
  const total: Sums = {
    decisions: 0,
    conflicts: 0,
    merged: 0,
    lost: 0,
    repeated: 0,
    overwritten: 0,
    stuck: 0,
  }
  let failure: string | undefined
  for (let index = 0; index < count; index += 1) {
    const outcome = await tryHistory(seed + index)
    for (const name of sums) total[name] += outcome[name]
    if (outcome.problem !== undefined)
      failure ??= `history ${seed + index}: ${outcome.problem} (again with --seed ${seed + index} --histories 1)`
  }
  return { ...total, runs: count, failure }
}
