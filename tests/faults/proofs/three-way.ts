import type { Proof, ProofResult } from '../proof.ts'
import { tryTheTable } from '../three-way/exhaustive.ts'
import { tryAtRandom } from '../three-way/at-random.ts'

/**
 * Two analysts change the same things, each with the real book, runner and choices. What comes of it is mine, theirs or a declared
 * merge; whatever both changed is put before an analyst; nothing goes over a value that whoever sent it never saw.
 */
export const proof: Proof = {
  name: 'Three-way merge',
  async run({ size, seed, histories }): Promise<ProofResult> {
    const trials = await tryTheTable()
    const wrong = trials.filter((trial) => trial.wrong !== undefined)
    const random = await tryAtRandom({ seed, count: histories ?? (size === 'quick' ? 5_000 : 100_000) })
    const { lost, repeated, overwritten, stuck } = random
    const first = wrong[0]
    return {
      ...{ runs: trials.length + random.runs, lost, repeated, stuck },
      overwritten: overwritten + wrong.length,
      failure: first === undefined ? random.failure : `${first.cell}: ${first.wrong}`,
      notes: [
        `${trials.length} cells of the table, ${wrong.length} wrong; ${random.runs} random histories`,
        `of ${random.decisions} decisions ${random.conflicts} came into conflict, ${random.merged} texts merged`,
      ],
    }
  },
}
