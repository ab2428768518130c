import { driveToRest } from '../rig/drive.ts'
import { effectsOf } from '../rig/effects.ts'
import type { Effects } from '../rig/effects.ts'
import { wrongIn } from '../rig/judge.ts'
import type { Wrong } from '../rig/judge.ts'
import { decideAll, nameOf } from '../scenarios/scenario.ts'
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

/** Decisions, death at the wanted moments, and a last life in which everything is driven to rest and counted. */
export async function crashPoint(
  rig: CrashRig,
  { scenario, wanted }: { scenario: Scenario; wanted: Effects },
  { first, second }: Deaths,
): Promise<PointResult> {
  const decisions = await decideAll(scenario, rig)
  rig.hive.reset()
  const died: string[] = []
  rig.life().arm(first)
  const acknowledged = await decide(rig, decisions)
  if (!rig.life().isOver()) await driveToRest(rig.analyst(), rig.round)
  for (const next of [second, undefined]) {
    if (!rig.life().isOver()) break
    died.push(rig.life().steps.at(-1) ?? '')
    await rig.revive(next)
    if (!rig.life().isOver()) await driveToRest(rig.analyst(), rig.round)
  }
  rig.life().arm(undefined)
  return { died, wrong: await judge(rig, decisions, { wanted, acknowledged }) }
}

/** Whether the analyst was told that it is safe. */
async function decide(rig: CrashRig, decisions: readonly Decision[]): Promise<boolean> {
  try {
    await rig.analyst().book.append(decisions.map(({ operation }) => operation))
    return true
  } catch (thrown) {
    if (thrown instanceof Death) return false
    throw thrown
  }
}

async function judge(
  rig: CrashRig,
  decisions: readonly Decision[],
  { wanted, acknowledged }: { wanted: Effects; acknowledged: boolean },
): Promise<Wrong | undefined> {
  const analyst = rig.analyst()
  const kept = decisions.filter(({ operation }) => analyst.outbox.get(operation.id) !== undefined)
  // What nobody was told of may be there or not, but not by halves.
  if (kept.length === 0 && !acknowledged)
    return decisions.every(({ times }) => times() === 0)
      ? undefined
      : { how: 'repeated', why: 'sent, but not in the outbox' }
  if ((await driveToRest(analyst, rig.round)) === undefined || analyst.book.all().length > 0) {
    const [waiting] = analyst.book.all()
    return { how: 'stuck', why: `it is ${waiting?.state}: ${waiting?.lastError?.message ?? ''}` }
  }
  return wrongIn(analyst, decisions, { wanted, found: rig.hive.effects() })
}

/** What the decision does when nobody dies, and in how many steps. */
export async function livedThrough(
  rig: CrashRig,
  scenario: Scenario,
): Promise<{ wanted: Effects; steps: number }> {
  const decisions = await decideAll(scenario, rig)
  rig.hive.reset()
  rig.life().arm(undefined)
  await rig.analyst().book.append(decisions.map(({ operation }) => operation))
  await driveToRest(rig.analyst(), rig.round)
  const wanted = effectsOf(rig.hive.effects())
  if (decisions.some(({ times }) => times() !== 1) || wanted.size === 0)
    throw new Error(`${nameOf(scenario)} on ${rig.flavour} does not work without any death.`)
  return { wanted, steps: rig.life().steps.length }
}
