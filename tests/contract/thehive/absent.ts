import { versionAtLeast } from '#tests/support/thehive/state/server-kind.ts'
import type { Flavour, Target } from './harness.ts'

/** A version before which the flavour lacks it. */
type Since = { since: string; reason: string }

/** Why an operation is absent, by flavour: a text for a whole flavour, or from which version on it is there. */
export const absentOn =
  (reasons: Partial<Record<Flavour, string | Since>>) =>
  ({ flavour, version }: Target): string | undefined => {
    const reason = reasons[flavour]
    if (reason === undefined || typeof reason === 'string') return reason
    return versionAtLeast(version, reason.since) ? undefined : reason.reason
  }
