import { join } from 'node:path'
import { seededRandom } from '#tests/support/alerts/random.ts'
import { buildIfStale } from '../../../build/scripts/lib/build-state.mjs'
import { killedHistory } from '../kill/history.ts'
import type { History } from '../kill/history.ts'
import type { Proof, ProofResult } from '../proof.ts'
import { atOnce } from '../rig/at-once.ts'

const core = join(import.meta.dirname, '../../../out/main/core-worker.js')
const historiesAtOnce = 2
const full = { histories: 20, kills: 50 }
const quick = { histories: 2, kills: 12 }

/**
 * The built core in a process of its own decides as fast as it can and is killed with signal 9 at a random moment, again and again, on the
 * same files. In the end the server has every acknowledged decision once, and both files are sound.
 */
export const proof: Proof = {
  name: 'kill-9',
  run: async ({ size, seed }) => {
    await buildIfStale()
    const { histories, kills } = size === 'full' ? full : quick
    const numbers = Array.from({ length: histories }, (_, at) => at)
    const results = await atOnce(numbers, historiesAtOnce, (at) =>
      killedHistory({ core, kills, name: `h${at}` }, seededRandom(seed + at)),
    )
    return sumOf(results)
  },
}

function sumOf(results: readonly History[]): ProofResult {
  const total = (of: 'kills' | 'acknowledged' | 'unanswered') =>
    results.reduce((sum, one) => sum + one[of], 0)
  const lost = results.flatMap((one) => one.lost)
  const repeated = results.flatMap((one) => one.repeated)
  const stuck = results.flatMap((one) => one.stuck ?? [])
  const damaged = results.flatMap((one) => one.damaged)
  const wrong = [
    ...stuck,
    ...lost.map((one) => `lost: ${one}`),
    ...repeated.map((one) => `repeated: ${one}`),
    ...damaged.map((one) => `damaged: ${one}`),
  ]
  return {
    ...{ runs: total('kills'), overwritten: 0 },
    ...{ lost: lost.length, repeated: repeated.length, stuck: stuck.length },
    ...(wrong.length > 0 && { failure: ['', ...wrong.slice(0, 40)].join('\n  ') }),
    notes: [
      `${total('acknowledged')} decisions acknowledged, ${total('unanswered')} cut off before their answer, through ${total('kills')} kills`,
    ],
  }
}
