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
import { atOnce } from '../rig/at-once.ts'

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
    const atATime = workers ?? (size === 'full' ? availableParallelism() : 1)
    let tried = 0
    const verdicts = await atOnce(points, atATime, async (point) => {
      const verdict = await runFault(point, course)
      if (++tried % tellEvery === 0) console.log(`  ${tried} of ${points.length} points`)
      const { call, n, error, lasts } = point
      return verdict && { ...verdict, what: `${error} at ${call} ${n} ${lasts}: ${verdict.what}` }
    })
    const wrong = verdicts.filter((verdict) => verdict !== undefined)
    const [first] = wrong
    return {
      ...{ runs: points.length, repeated: 0, overwritten: 0, stuck: 0 },
      lost: wrong.filter(({ lost }) => lost).length,
      failure: first && `${wrong.length} of ${points.length} points: seed ${seed}, ${first.what}`,
      notes: [`calls of the session: ${[...counts].map(([call, count]) => `${call} ${count}`).join(', ')}`],
    }
  },
}

/** Rare calls as often as frequent ones: each point is drawn from a call that is drawn first. */
function someOf(
  every: readonly FaultPoint[],
  { random, count }: { random: Random; count: number },
): FaultPoint[] {
  const byCall = [...Map.groupBy(every, ({ call }) => call).values()]
  return Array.from({ length: count }, () => random.pick(random.pick(byCall)))
}
