import { availableParallelism } from 'node:os'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import { allPoints } from '../disk/fault-points.ts'
import type { FaultPoint } from '../disk/fault-points.ts'
import { countCalls, runFault } from '../disk/fault-run.ts'
import { outboxScript } from '../disk/outbox-script.ts'
import { statesOf } from '../disk/outbox-states.ts'
import { lacksStrace } from '../disk/strace.ts'
import type { Proof } from '../proof.ts'

const length = 14
const quickPoints = 40
const tellEvery = 250

/**
 * SPEC.md, promises 1 and 6, on a disk that is full, failing or read-only at any one of its calls: nothing is acknowledged that is not
 * there, each refusal is told in words, and the session goes on without a restart when the disk is well again.
 */
export const proof: Proof = {
  name: 'disk-faults',
  lacks: lacksStrace,
  async run({ size, seed, histories, workers }) {
    const course = { seed, length, after: statesOf(outboxScript(seed, length)) }
    const counts = await countCalls(course)
    const every = allPoints(counts)
    const some = histories ?? (size === 'full' ? undefined : quickPoints)
    const points = some === undefined ? every : someOf(every, { random: seededRandom(seed), count: some })
    const wrong: { at: number; lost: boolean; what: string }[] = []
    const tryPoint = async (point: FaultPoint, at: number): Promise<void> => {
      if (at % tellEvery === 0 && at > 0) console.log(`  ${at} of ${points.length} points`)
      const verdict = await runFault(point, course)
      if (verdict === undefined) return
      const { lost, what } = verdict
      wrong.push({ at, lost, what: `${point.error} at ${point.call} ${point.n} ${point.lasts}: ${what}` })
    }
    await eachOf(points, workers ?? (size === 'full' ? availableParallelism() : 1), tryPoint)
    const [first] = wrong.toSorted((a, b) => a.at - b.at)
    return {
      ...{ runs: points.length, repeated: 0, overwritten: 0, stuck: 0 },
      lost: wrong.filter(({ lost }) => lost).length,
      failure: first && `${wrong.length} of ${points.length} points: seed ${seed}, ${first.what}`,
      notes: [`calls of the session: ${[...counts].map(([call, count]) => `${call} ${count}`).join(', ')}`],
    }
  },
}

/** So many at a time: most of a session's time is spent outside of this process. */
async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T, at: number) => Promise<void>) {
  const left = items.entries()
  const share = async () => {
    for (const [at, item] of left) await work(item, at)
  }
  await Promise.all(Array.from({ length: atOnce }, share))
}

/** Rare calls as often as frequent ones: each point is drawn from a call that is drawn first. */
function someOf(
  every: readonly FaultPoint[],
  { random, count }: { random: Random; count: number },
): FaultPoint[] {
  const byCall = [...Map.groupBy(every, ({ call }) => call).values()]
  return Array.from({ length: count }, () => random.pick(random.pick(byCall)))
}
