import { giveBack } from '../proxy/exchange.ts'
import type { Plan } from '../proxy/fault-proxy.ts'
import type { Fault } from '../proxy/faults.ts'
import { driveToRest } from '../rig/drive.ts'
import type { Job } from '../scenarios/each-hive.ts'
import { decideAll, nameOf } from '../scenarios/scenario.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { runCell } from './cell.ts'
import type { Verdict } from './cell.ts'
import { effectsOf } from '../rig/effects.ts'
import type { Effects } from '../rig/effects.ts'
import { startMatrixRig } from './matrix-rig.ts'
import type { MatrixRig } from './matrix-rig.ts'

/** One row of a failure's table. */
export type Failure = {
  fault: string
  at: string
  why: string
  how: 'lost' | 'repeated' | 'stuck' | 'untrue'
}

export type KindResult = {
  name: string
  cells: number
  /** Cells in which the fault met a request. */
  struck: number
  doubled: number
  failures: Failure[]
}

/** How many requests a round takes without a fault, and which is the first that changes something. */
export type Undisturbed = { requests: number; firstWrite: number }

/** Which faults, where and how long. */
export type ChoosePlans = (undisturbed: Undisturbed) => readonly Plan[]

const none: Fault = {
  name: 'no fault',
  leads: { to: 'heals' },
  strike: async ({ response, forward }) => giveBack(response, await forward()),
}

/** One kind of decision on one TheHive under every fault. A cell that failed leaves its rig in an unknown state: the next gets a new one. */
export async function runKind(
  { flavour, scenario }: Job,
  choose: ChoosePlans,
  start: () => Promise<MatrixRig> = () => startMatrixRig(flavour),
): Promise<KindResult> {
  const result: KindResult = {
    ...{ name: `${nameOf(scenario)} on ${flavour}`, cells: 0, struck: 0, doubled: 0 },
    failures: [],
  }
  let rig = await start()
  try {
    const { wanted, ...undisturbed } = await undisturbedRun(rig, scenario)
    for (const plan of choose(undisturbed)) {
      const verdict = await runCell(rig, { scenario, plan, wanted })
      note(result, plan, verdict)
      if (verdict.wrong === undefined) continue
      await rig.stop()
      rig = await start()
    }
    return result
  } finally {
    await rig.stop()
  }
}

async function undisturbedRun(
  rig: MatrixRig,
  scenario: Scenario,
): Promise<Undisturbed & { wanted: Effects }> {
  const { requests } = rig.proxy
  const decisions = await decideAll(scenario, rig)
  rig.hive.reset()
  requests.length = 0
  await rig.analyst.book.append(decisions.map(({ operation }) => operation))
  await driveToRest(rig.analyst, rig.round)
  const wanted = effectsOf(rig.hive.effects())
  const firstWrite = requests.findIndex(({ write }) => write)
  if (wanted.size === 0 || decisions.some(({ times }) => times() !== 1) || firstWrite < 0)
    throw new Error(`${nameOf(scenario)} on ${rig.flavour} does not work without any fault.`)
  const perRound = requests.length
  const plan: Plan = { fault: none, from: 'write', lasting: false }
  const { wrong } = await runCell(rig, { scenario, plan, wanted })
  if (wrong !== undefined) throw new Error(`${nameOf(scenario)} without any fault: ${wrong.why}`)
  return { wanted, requests: perRound, firstWrite }
}

function note(result: KindResult, plan: Plan, { wrong, struck, doubled }: Verdict): void {
  result.cells += 1
  if (struck > 0) result.struck += 1
  if (doubled === true) result.doubled += 1
  if (wrong === undefined) return
  const at = `${plan.from === 'write' ? 'the write' : `request ${plan.from}`}${plan.lasting ? ' and on' : ''}`
  result.failures.push({ fault: plan.fault.name, at, ...wrong })
}
