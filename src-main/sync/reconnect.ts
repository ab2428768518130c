import type { ErrorData } from '#shared/errors/error-data.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { backoffMs } from './backoff.ts'

/** An analyst who comes back should not have to click; on a metered line each try costs. Milliseconds. */
const longest = { usual: 30_000, metered: 300_000 } as const
/** A refused key is not tried often: servers lock accounts that fail too much. "Sync now" tries at once. */
const refusedRestMs = 300_000
/** However long a server or a proxy asks for, it is asked again after this. */
export const longestPauseMs = 900_000
/** A server that asks for a pause without saying how long. */
export const plainPauseMs = 10_000

/** `firm`: only the analyst's own word ends it sooner; otherwise any hint that the network is there does. */
export type Pause = { ms: number; firm: boolean }

/** The pause a server, or a proxy before it, asked for, ms; undefined where it named none. */
export function askedMs(error: { details?: ErrorData['details'] }): number | undefined {
  const asked = error.details?.['retryAfterMs']
  return typeof asked === 'number' ? Math.min(longestPauseMs, asked) : undefined
}

/** How long to leave the server alone after the `failures`th failure in a row; `random` in [0, 1). */
export function pauseAfter(
  error: Pick<ForagerError, 'kind' | 'details'>,
  { failures, random, metered }: { failures: number; random: number; metered: boolean },
): Pause {
  if (error.kind === 'unauthorised' || error.kind === 'forbidden') return { ms: refusedRestMs, firm: true }
  const asked = askedMs(error)
  if (asked !== undefined) return { ms: asked, firm: true }
  if (error.kind === 'rate-limited') return { ms: plainPauseMs, firm: true }
  return {
    ms: backoffMs(failures, random, metered ? longest.metered : longest.usual),
    firm: false,
  }
}
