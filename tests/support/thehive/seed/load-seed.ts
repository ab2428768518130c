import type { HiveState } from '../state/hive-state.ts'
import { linkToCase, seedCases } from './seed-cases.ts'
import { background } from './background.ts'
import { placeAlert } from './place-alert.ts'
import { createRandom } from './random.ts'
import type { Scenario } from './scenario.ts'
import { cloud, leak } from './scenarios/data-and-cloud.ts'
import { endpoint } from './scenarios/endpoint.ts'
import { identity } from './scenarios/identity.ts'
import { intelligence } from './scenarios/intelligence.ts'
import { network } from './scenarios/network.ts'
import { phishing } from './scenarios/phishing.ts'
import { createWorld } from './world.ts'

const day = 24 * 60 * 60 * 1000
/** How far back the alerts reach, ms. */
const span = 30 * day

const mix: readonly (readonly [Scenario, number])[] = [
  [phishing, 28],
  [endpoint, 20],
  [network, 24],
  [identity, 12],
  [cloud, 7],
  [leak, 5],
  [intelligence, 4],
]

export type SeedOptions = { alerts: number; seed: number; now: number; organisation?: string | undefined }

/** Fills an organisation with alerts spread over the thirty days before `now`, in order of creation, and some cases. */
export function loadSeed(state: HiveState, { alerts, seed, now, organisation = 'acme' }: SeedOptions): void {
  const random = createRandom(seed)
  const world = createWorld(random)
  const place = { state, space: state.space(organisation), random, now }
  const cases = seedCases(place, world, now - span)
  for (let at = 0; at < alerts; at++) {
    const scenario = random.weighted(mix)
    const draft = scenario({ random, world, campaign: random.skewed(world.campaigns) })
    const createdAt = Math.floor(now - span + ((at + random.next()) / alerts) * (span - 60_000))
    draft.description += background(random)
    const alert = placeAlert(place, draft, { createdAt, number: at + 1 })
    if (alert.stageDates.importedDate !== undefined) linkToCase(place, alert, random.pick(cases))
  }
  // Indexes sort when first read: here, so that no request pays for it.
  for (const { touched } of [place.space.alerts, place.space.observables]) void touched.rows
}
