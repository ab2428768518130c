import { flavours } from '#tests/support/thehive/state/server-kind.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import type { ProofSizes } from '../proof.ts'
import { everyKind, kindsOf } from './every-kind.ts'
import type { Scenario } from './scenario.ts'

/** A kind of decision on one TheHive. */
export type Job = { flavour: Flavour; scenario: Scenario }

const jobsOf = (flavour: Flavour): Job[] => kindsOf(flavour).map((scenario) => ({ flavour, scenario }))

type Chosen = Pick<ProofSizes, 'size' | 'seed' | 'hives'>

/**
 * Every kind on every TheHive that has it. In a quick run each kind of the older two is tried on one of them, with the next seed on the
 * other: they are spoken to in much the same language. `hives` leaves out the others.
 */
export function onEachHive({ size, seed, hives = flavours }: Chosen): Job[] {
  const isTried = ({ scenario }: Job, at: number): boolean =>
    size === 'full' || (everyKind.indexOf(scenario) + at + seed) % 2 === 0
  const older = (['thehive4', 'thehive3'] as const).flatMap((flavour, at) =>
    jobsOf(flavour).filter((job) => isTried(job, at)),
  )
  return [...jobsOf('thehive5'), ...older].filter(({ flavour }) => hives.includes(flavour))
}

/** How many decisions were tried on which. */
export function decisionsOnEach(jobs: readonly Job[]): string {
  const on = Map.groupBy(jobs, ({ flavour }) => flavour)
  const told = [...on].map(([flavour, of]) => `${of.length} decisions on TheHive ${flavour.at(-1)}`)
  return told.join(', ')
}
