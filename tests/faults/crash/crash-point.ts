import { driveToRest } from '../rig/drive.ts'
import { effectsOf } from '../rig/effects.ts'
import type { Effects } from '../rig/effects.ts'
import { counted, receiptIsUntrue } from '../rig/judge.ts'
import type { Wrong } from '../rig/judge.ts'
import { nameOf } from '../scenarios/scenario.ts'
import type { Decision, Scenario } from '../scenarios/scenario.ts'
import type { CrashRig } from './crash-rig.ts'
import { Death } from './mortal.ts'

/** When the process dies: after so many steps of its first life, and of its second. */
export type Deaths = { first: number; second?: number | undefined }

export type PointResult = {
  /** What was done last before each death; fewer than wanted: that life came to its rest before. */
  died: string[]
  wrong?: Wrong | undefined
}

/** One decision, death at the wanted moments, and a last life in which everything is driven to rest and counted. */
export async function crashPoint(
  rig: CrashRig,
  { scenario, wanted }: { scenario: Scenario; wanted: Effects },
  { first, second }: Deaths,
): Promise<PointResult> {
  const decision = await scenario.decide(rig.world, rig.next())
  rig.hive.reset()
  const died: string[] = []
  rig.life().arm(first)
  const acknowledged = await decide(rig, decision)
  if (!rig.life().isOver()) await driveToRest(rig.analyst(), rig.round)
  for (const next of [second, undefined]) {
    if (!rig.life().isOver()) break
    died.push(rig.life().steps.at(-1) ?? '')
    await rig.revive(next)
    if (!rig.life().isOver()) await driveToRest(rig.analyst(), rig.round)
  }
  rig.life().arm(undefined)
  return { died, wrong: await judge(rig, decision, { wanted, acknowledged }) }
}

/** Whether the analyst was told that it is safe. */
async function decide(rig: CrashRig, { operation }: Decision): Promise<boolean> {
  try {
    await rig.analyst().book.append([operation])
    return true
  } catch (thrown) {
    if (thrown instanceof Death) return false
    throw thrown
  }
}

async function judge(
  rig: CrashRig,
  decision: Decision,
  { wanted, acknowledged }: { wanted: Effects; acknowledged: boolean },
): Promise<Wrong | undefined> {
  const analyst = rig.analyst()
  const kept = analyst.outbox.get(decision.operation.id)
  // A decision nobody was told of may be there or not, but not by halves.
  if (kept === undefined && !acknowledged)
    return decision.times() === 0 ? undefined : { how: 'repeated', why: 'sent, but not in the outbox' }
  if ((await driveToRest(analyst, rig.round)) === undefined || analyst.book.get(decision.operation.id))
    return { how: 'stuck', why: `it is ${kept?.state}: ${kept?.lastError?.message ?? ''}` }
  return counted(decision, { wanted, found: rig.hive.effects() }) ?? receiptIsUntrue(analyst, decision)
}

/** What the decision does when nobody dies, and in how many steps. */
export async function livedThrough(
  rig: CrashRig,
  scenario: Scenario,
): Promise<{ wanted: Effects; steps: number }> {
  const decision = await scenario.decide(rig.world, rig.next())
  rig.hive.reset()
  rig.life().arm(undefined)
  await rig.analyst().book.append([decision.operation])
  await driveToRest(rig.analyst(), rig.round)
  const wanted = effectsOf(rig.hive.effects())
  if (decision.times() !== 1 || wanted.size === 0)
    throw new Error(`${nameOf(scenario)} on ${rig.flavour} does not work without any death.`)
  return { wanted, steps: rig.life().steps.length }
}
