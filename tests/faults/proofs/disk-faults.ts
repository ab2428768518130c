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

/**
 * SPEC.md, promises 1 and 6, on a disk that is full, failing or read-only at any one of its calls: nothing is acknowledged that is not
 * there, each refusal is told in words, and the session goes on without a restart when the disk is well again.
 */
export const proof: Proof = {
  name: 'disk-faults',
  lacks: lacksStrace,
  async run({ size, seed, histories }) {
    const course = { seed, length, after: statesOf(outboxScript(seed, length)) }
    const counts = await countCalls(course)
    const every = allPoints(counts)
    const some = histories ?? (size === 'full' ? undefined : quickPoints)
    const points = some === undefined ? every : someOf(every, { random: seededRandom(seed), count: some })
    let lost = 0
    const wrong: string[] = []
    for (const point of points) {
      const verdict = await runFault(point, course)
      if (verdict === undefined) continue
      if (verdict.lost) lost++
      wrong.push(`seed ${seed}, ${point.error} at ${point.call} ${point.n} ${point.lasts}: ${verdict.what}`)
    }
    return {
      ...{ runs: points.length, lost, repeated: 0, overwritten: 0, stuck: 0 },
      failure: wrong[0] === undefined ? undefined : `${wrong.length} of ${points.length} points: ${wrong[0]}`,
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
