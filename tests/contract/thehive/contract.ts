import type { Ability } from '#shared/model/session.ts'
import type { Harness, Target } from './harness.ts'

/** One thing that must hold, asked of a live server through the adapter under test. */
export type Check = (harness: Harness) => Promise<void>

/** What makes a sentence of the test's name a check. */
export type Checks = Readonly<Record<string, Check>>

/**
 * One row of the table: an operation every adapter has or, by design, has not. `success` and `failure` run where it is
 * there; where `absent` gives a reason, the capabilities must say so too and `whenAbsent` runs instead.
 */
export type ContractOperation = {
  name: string
  /** The heading it stands under in the table. */
  family: Family
  /** What the session must call missing wherever the operation is absent. */
  ability?: Ability
  absent?: (target: Target) => string | undefined
  whenAbsent?: Check
  success: Checks
  failure: Checks
}

export const families = ['Session', 'Alerts', 'Observables', 'Comments and more', 'Cases'] as const
export type Family = (typeof families)[number]
