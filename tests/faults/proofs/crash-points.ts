import { seededRandom } from '#tests/support/alerts/random.ts'
import { drawnDeaths, everyDeath, someDeaths } from '../crash/choose-deaths.ts'
import { crashKind } from '../crash/run-kind.ts'
import type { CrashResult } from '../crash/run-kind.ts'
import type { Proof, ProofResult } from '../proof.ts'
import { atOnce } from '../rig/at-once.ts'
import { decisionsOnEach, onEachHive } from '../scenarios/each-hive.ts'
import type { Job } from '../scenarios/each-hive.ts'

const jobsAtOnce = 4
/** Of a quick run, on each server; another share with each seed. */
const oneIn = { thehive5: 3, thehive4: 6, thehive3: 6 } as const
const mostLines = 40

/**
 * The process dies after each step that outlives it: a write to the outbox, to the copy, or by the server. What is left of its files is opened
 * by the next one, which may die too. In the end every acknowledged decision took hold once, and the copy shows it.
 */
export const proof: Proof = {
  name: 'crash-points',
  run: async (sizes) => {
    const { size, seed, histories } = sizes
    const jobs = onEachHive(sizes)
    const pairs = histories === undefined ? undefined : Math.ceil(histories / jobs.length)
    const results = await atOnce(jobs, jobsAtOnce, async (job) => {
      const random = seededRandom(seed + job.flavour.length * 31 + job.scenario.kind.length)
      if (size === 'quick') return crashKind(job, someDeaths(random, oneIn[job.flavour]))
      const result = await crashKind(job, pairs === undefined ? everyDeath : drawnDeaths(random, pairs))
      console.log(`  ${result.name}: ${result.points} moments, ${result.failures.length} wrong`)
      return result
    })
    return sumOf(results, jobs)
  },
}

function sumOf(results: readonly CrashResult[], jobs: readonly Job[]): ProofResult {
  const failures = results.flatMap(({ name, failures: all }) => all.map((one) => ({ name, ...one })))
  const lines = failures.map(({ name, at, how, why }) => `${name}, death after step ${at}: ${how}: ${why}`)
  const count = (how: string) => failures.filter((one) => one.how === how).length
  const total = (of: 'points' | 'deaths') => results.reduce((sum, one) => sum + one[of], 0)
  return {
    ...{ runs: total('points'), overwritten: 0 },
    ...{ lost: count('lost'), repeated: count('repeated'), stuck: count('stuck') },
    ...(lines.length > 0 && { failure: ['', ...lines.slice(0, mostLines)].join('\n  ') }),
    notes: [`${total('deaths')} deaths at ${total('points')} moments: ${decisionsOnEach(jobs)}`],
  }
}
