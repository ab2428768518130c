import type { Operation } from '#shared/model/operation.ts'
import type { Plan } from '../proxy/fault-proxy.ts'
import { driveToRest, tryAgain } from '../rig/drive.ts'
import type { Decision, Scenario } from '../scenarios/scenario.ts'
import { compareEffects, effectsOf } from './effects.ts'
import type { Effects } from './effects.ts'
import type { MatrixRig } from './matrix-rig.ts'

/** What a cell of the matrix came to. */
export type Verdict = {
  wrong?: { how: 'lost' | 'repeated' | 'stuck' | 'untrue'; why: string }
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

async function judge(rig: MatrixRig, cell: Cell, decision: Decision): Promise<Verdict['wrong']> {
  const { analyst, world } = rig
  if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig, decision)
  const refused = analyst.book.get(decision.operation.id)
  const untrue = refusalIsUntrue(cell, refused, decision)
  if (untrue !== undefined) return { how: 'untrue', why: untrue }
  if (refused !== undefined) {
    tryAgain(refused, analyst, world.now)
    if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig, decision)
    if (analyst.book.get(refused.id) !== undefined) return stuck(rig, decision)
  }
  return counted(rig, cell, decision) ?? receiptIsUntrue(rig, decision)
}

function stuck({ analyst }: MatrixRig, { operation }: Decision): Verdict['wrong'] {
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

function counted({ hive }: MatrixRig, { wanted, plan, scenario }: Cell, { times }: Decision) {
  const shown = times()
  if (shown === 0) return { how: 'lost', why: 'the server does not show it' } as const
  const mayDouble = plan.fault.doubles === true && scenario.keyless === true
  if (shown !== 1 && !mayDouble)
    return { how: 'repeated', why: `the server shows it ${shown} times` } as const
  const { lacking, tooMany } = compareEffects(wanted, effectsOf(hive.effects()))
  if (lacking.length > 0) return { how: 'lost', why: `lacking: ${lacking.join(', ')}` } as const
  if (tooMany.length > 0 && plan.fault.doubles !== true)
    return { how: 'repeated', why: `too often: ${tooMany.join(', ')}` } as const
  return undefined
}

function receiptIsUntrue({ analyst }: MatrixRig, { operation, madeIds }: Decision): Verdict['wrong'] {
  const kept = analyst.outbox.get(operation.id)
  if (kept?.receipt === undefined || kept.state !== 'sent')
    return { how: 'lost', why: `the outbox has it as ${kept?.state ?? 'nothing'}` }
  const made = madeIds?.()
  if (made?.includes(kept.receipt.serverId) === false)
    return { how: 'untrue', why: `the receipt names ${kept.receipt.serverId}, the server ${made.join()}` }
  const { base, effective } = analyst.writer.alert(analyst.book.resolveId(operation.alertId))
  return JSON.stringify(base) === JSON.stringify(effective)
    ? undefined
    : { how: 'untrue', why: 'the copy still shows it as pending' }
}
