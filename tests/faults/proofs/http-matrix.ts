import { seededRandom } from '#tests/support/alerts/random.ts'
import { selfSigned } from '#tests/support/tls/self-signed.ts'
import { everyPlan, impostorPlans, quickPlans } from '../matrix/choose-plans.ts'
import { countOf, failureTable } from '../matrix/failure-table.ts'
import { startMatrixRig } from '../matrix/matrix-rig.ts'
import { runKind } from '../matrix/run-kind.ts'
import type { KindResult } from '../matrix/run-kind.ts'
import type { Proof, ProofResult, ProofSizes } from '../proof.ts'
import type { Certificates } from '../proxy/fault-proxy.ts'
import { faults } from '../proxy/faults.ts'
import { atOnce } from '../rig/at-once.ts'
import { decisionsOnEach, onEachHive } from '../scenarios/each-hive.ts'
import type { Job } from '../scenarios/each-hive.ts'

/** Cells wait for time-outs most of their time. */
const jobsAtOnce = 12
const oneInLasts = 8
/** Of a quick run, one kind in so many meets an impostor: each needs a server behind TLS of its own. */
const someKinds = 6

/**
 * Every kind of decision × everything that can go wrong on the wire × every TheHive, over real sockets: once the fault is lifted and time
 * has passed, the server has the decision once and its receipt is true, or it was refused and says so.
 */
export const proof: Proof = {
  name: 'http-matrix',
  run: async (sizes) => {
    const jobs = onEachHive(sizes)
    const results = await atOnce(jobs, jobsAtOnce, async (job) => {
      const result = await runKind(job, plansOf(sizes, job))
      if (sizes.size === 'full')
        console.log(`  ${result.name}: ${result.cells} cells, ${result.failures.length} wrong`)
      return result
    })
    const certificates = makeCertificates()
    const met =
      sizes.size === 'full' ? jobs : jobs.filter((_, at) => at % someKinds === sizes.seed % someKinds)
    if (certificates !== undefined) results.push(...(await behindImpostors(met, certificates)))
    return sumOf(results, jobs, certificates !== undefined)
  },
}

function plansOf({ size, seed }: ProofSizes, { flavour, scenario }: Job) {
  const random = seededRandom(seed + flavour.length + scenario.kind.length)
  return size === 'full' ? everyPlan : quickPlans(random.next, oneInLasts)
}

function makeCertificates(): Certificates | undefined {
  const [own, other] = [selfSigned('127.0.0.1'), selfSigned('127.0.0.1')]
  return own === undefined || other === undefined ? undefined : { own, other }
}

const behindImpostors = (jobs: readonly Job[], certificates: Certificates): Promise<KindResult[]> =>
  atOnce(jobs, jobsAtOnce, (job) =>
    runKind(job, impostorPlans, () => startMatrixRig(job.flavour, certificates)),
  )

function sumOf(results: readonly KindResult[], jobs: readonly Job[], tls: boolean): ProofResult {
  const total = (of: 'cells' | 'struck' | 'doubled') => results.reduce((sum, one) => sum + one[of], 0)
  const wrong = failureTable(results)
  return {
    ...{ runs: total('cells'), overwritten: 0 },
    ...{ lost: countOf(results, 'lost'), repeated: countOf(results, 'repeated') },
    stuck: countOf(results, 'stuck'),
    ...(wrong.length > 0 && { failure: ['', ...wrong].join('\n  ') }),
    notes: [
      `${total('cells')} cells: ${faults.length + (tls ? 1 : 0)} faults × ${decisionsOnEach(jobs)}; ${total('struck')} met a request`,
      `${total('doubled')} decisions without a key on the server are there twice, because the proxy itself delivered them twice`,
      ...(tls ? [] : ['a certificate nobody trusts: not run: there is no openssl to make one with']),
    ],
  }
}
