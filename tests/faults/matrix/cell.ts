import type { Operation } from '#shared/model/operation.ts'
import type { Plan } from '../proxy/fault-proxy.ts'
import { driveToRest, tryAgain } from '../rig/drive.ts'
import type { Effects } from '../rig/effects.ts'
import { counted, receiptIsUntrue } from '../rig/judge.ts'
import type { Wrong } from '../rig/judge.ts'
import type { Decision, Scenario } from '../scenarios/scenario.ts'
import type { MatrixRig } from './matrix-rig.ts'

/** What a cell of the matrix came to. */
export type Verdict = {
  wrong?: Wrong
  /** The proxy's own second delivery showed: the server has no key by which to notice it. */
  doubled?: boolean
  struck: number
}

export type Cell = { scenario: Scenario; plan: Plan; wanted: Effects }

/** Rounds a lasting fault is suffered before it is lifted. */
const sufferedRounds = 3
const roundMs = 20_000

/** One decision, one fault: made, struck, lifted, and driven until nothing moves; then the server and the outbox are asked. */
export async function runCell(rig: MatrixRig, cell: Cell): Promise<Verdict> {
  const { plan, scenario } = cell
  const decision = await scenario.decide(rig.world, rig.next())
  rig.hive.reset()
  rig.proxy.arm(plan)
  await rig.analyst.book.append([decision.operation])
  for (let left = plan.lasting ? sufferedRounds : 1; left > 0; left -= 1) await rig.round(roundMs)
  const struck = rig.proxy.struck()
  await rig.proxy.lift()
  const wrong = await judge(rig, cell, decision)
  if (wrong !== undefined) return { wrong, struck }
  return { struck, doubled: plan.fault.doubles === true && decision.times() > 1 }
}

async function judge(rig: MatrixRig, cell: Cell, decision: Decision): Promise<Wrong | undefined> {
  const { analyst, world } = rig
  const { plan } = cell
  if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig, decision)
  const refused = analyst.book.get(decision.operation.id)
  const untrue = refusalIsUntrue(cell, refused, decision)
  if (untrue !== undefined) return { how: 'untrue', why: untrue }
  if (refused !== undefined) {
    tryAgain(refused, analyst, world.now)
    if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig, decision)
    if (analyst.book.get(refused.id) !== undefined) return stuck(rig, decision)
  }
  const doubles = plan.fault.doubles === true
  const allowed = { keyless: doubles && cell.scenario.keyless === true, again: doubles }
  return (
    counted(decision, { wanted: cell.wanted, found: rig.hive.effects(), allowed }) ??
    receiptIsUntrue(analyst, decision)
  )
}

function stuck({ analyst }: MatrixRig, { operation }: Decision): Wrong | undefined {
  const { state, lastError } = analyst.book.get(operation.id) ?? {}
  return { how: 'stuck', why: `it is ${state ?? 'sent, but not read back'}: ${lastError?.message ?? ''}` }
}

/** Only where the fault was a refusal may the decision stand before the analyst, and then with its reason. */
function refusalIsUntrue(
  { plan }: Cell,
  waiting: Operation | undefined,
  { times }: Decision,
): string | undefined {
  const { leads } = plan.fault
  if (waiting === undefined)
    return leads.to === 'refused' && plan.from === 'write' ? 'a refusal was not told' : undefined
  const { state, lastError } = waiting
  const told = `${state}: ${lastError?.message ?? 'no reason'}`
  if (leads.to === 'heals') return `it needs the analyst: ${told}`
  if (!leads.kinds.includes(lastError?.kind ?? '')) return `another reason than the server's: ${told}`
  return times() === 0 ? undefined : `called refused, but it took hold: ${told}`
}
