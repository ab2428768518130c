import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { aboutAlerts } from './about-alerts.ts'
import { aboutCases } from './about-cases.ts'
import { aboutChildren } from './about-children.ts'
import { aboutObservables } from './about-observables.ts'
import { together } from './together.ts'
import type { Scenario } from './scenario.ts'

/** At least one of each kind of decision, and what goes in one request. */
export const everyKind: readonly Scenario[] = [
  ...aboutAlerts,
  ...aboutObservables,
  ...aboutChildren,
  ...aboutCases,
  ...together,
]

/** Those a TheHive of this flavour has. */
export const kindsOf = (flavour: Flavour): Scenario[] =>
  everyKind.filter(({ absentIn = [] }) => !absentIn.includes(flavour))
