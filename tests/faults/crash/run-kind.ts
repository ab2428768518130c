import type { Job } from '../scenarios/each-hive.ts'
import { nameOf } from '../scenarios/scenario.ts'
import type { Wrong } from '../rig/judge.ts'
import { crashPoint, livedThrough } from './crash-point.ts'
import type { Deaths } from './crash-point.ts'
import { startCrashRig } from './crash-rig.ts'

export type CrashResult = {
  name: string
  /** Lives that ended in death. */
  deaths: number
  points: number
  failures: (Wrong & { at: string })[]
}

/** Which moments, of so many steps. */
export type ChooseDeaths = (steps: number) => readonly Deaths[]

/** Its files grow with each decision, and each death copies them. */
const pointsPerRig = 40

/** One kind of decision on one TheHive, dying at each wanted moment. A point that failed leaves its rig in an unknown state: the next gets a new one. */
export async function crashKind({ flavour, scenario }: Job, choose: ChooseDeaths): Promise<CrashResult> {
  const result: CrashResult = {
    name: `${nameOf(scenario)} on ${flavour}`,
    deaths: 0,
    points: 0,
    failures: [],
  }
  let rig = await startCrashRig(flavour)
  try {
    const { wanted, steps } = await livedThrough(rig, scenario)
    for (const deaths of choose(steps)) {
      const { died, wrong } = await crashPoint(rig, { scenario, wanted }, deaths)
      result.points += 1
      result.deaths += died.length
      if (wrong !== undefined) {
        const at = `${deaths.first}${deaths.second === undefined ? '' : ` and ${deaths.second}`} (${died.join('; ')})`
        result.failures.push({ ...wrong, at })
      }
      if (wrong === undefined && result.points % pointsPerRig > 0) continue
      await rig.stop()
      rig = await startCrashRig(flavour)
    }
    return result
  } finally {
    await rig.stop()
  }
}
