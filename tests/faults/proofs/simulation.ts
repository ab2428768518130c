import { operationKinds } from '#shared/model/operation.ts'
import type { Proof, ProofCounts, ProofResult, ProofSizes } from '../proof.ts'
import { replayCorpus } from '../simulation/corpus.ts'
import type { FindingKind } from '../simulation/ledger/findings.ts'
import { runHistories } from '../simulation/run-histories.ts'
import type { Failed } from '../simulation/run-histories.ts'

/** What takes three minutes beside the other lane of `npm test`, and what takes about an hour alone. */
const sizes: Record<ProofSizes['size'], number> = { quick: 2_400, full: 40_000 }

const columnOf: Record<FindingKind, keyof Omit<ProofCounts, 'runs'>> = {
  lost: 'lost',
  unannounced: 'lost',
  repeated: 'repeated',
  hasty: 'repeated',
  overwritten: 'overwritten',
  reordered: 'overwritten',
  differs: 'lost',
  stuck: 'stuck',
}

/**
 * Random histories of one to eight analysts and their colleagues on one server, with everything real but time, chance, the network
 * and the server; every write is judged as it takes hold, and every copy at the end.
 */
export const proof: Proof = { name: 'simulation', run }

async function run({ seed, size, histories, workers }: ProofSizes): Promise<ProofResult> {
  const replayed = await replayCorpus()
  const count = histories ?? sizes[size]
  const started = performance.now()
  let told = started
  const told10s = (runs: number) => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    console.log(`  ${runs} of ${count} histories, ${Math.round((runs * 1_000) / (told - started))} a second`)
  }
  const { runs, failed, decisions, races, kinds } = await runHistories({ seed, count, workers }, told10s)
  const counts: ProofCounts = { runs: runs + replayed.runs, lost: 0, repeated: 0, overwritten: 0, stuck: 0 }
  for (const { finding } of [...failed, ...replayed.wrong]) counts[columnOf[finding.kind]] += 1
  const unseen = operationKinds.filter((kind) => !kinds.has(kind))
  return {
    ...counts,
    failure: allFailures(failed, replayed.wrong) ?? missing(unseen, runs),
    notes: [
      `${decisions} decisions of ${kinds.size} kinds; ${replayed.runs} old failures replayed`,
      `${races} values of somebody else were written over in the moment before anybody could know of them`,
    ],
  }
}

type Wrong = Awaited<ReturnType<typeof replayCorpus>>['wrong']

function allFailures(failed: readonly Failed[], old: Wrong): string | undefined {
  const back = old.map(
    ({ title, finding }) => `the old failure “${title}” is back: ${finding.kind}, ${finding.what}`,
  )
  const fresh = failed.map(({ script, finding, steps }) => {
    const short = `${script.steps.length} of ${steps} steps:\n${JSON.stringify(script)}`
    return `seed ${script.seed}: ${finding.kind}, ${finding.what}\n${short}`
  })
  const all = [...back, ...fresh]
  return all.length === 0 ? undefined : all.join('\n')
}

/** A run of this many histories that never made a kind of decision proves nothing about it. */
const manyHistories = 1_000

const missing = (kinds: readonly string[], runs: number): string | undefined =>
  kinds.length === 0 || runs < manyHistories ? undefined : `no decision was a ${kinds.join(' or a ')}`
