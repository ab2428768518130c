/** More missing alerts than this, or than this share of all, are a mass. */
export const massLimits = { alerts: 20, share: 0.01 } as const

/** Two passes confirm one another only when they are this far apart, ms. */
export const passesApartMs = 600_000

export const isMass = (missing: number, total: number): boolean =>
  missing > massLimits.alerts || missing > total * massLimits.share

/** An alert that a pass has not seen. `missedAt`: when the first pass that missed it ended, ms; undefined: this is the first. */
export type Missing = { id: number; missedAt: number | undefined }

/**
 * Which missing alerts may be asked for one by one, and then marked when the server does not show them. A few may at once. Of a
 * mass only those that an earlier, independent pass has missed too; the others wait, for ever if no pass comes.
 */
export function judgeMissing(
  missing: readonly Missing[],
  { total, startedAt }: { total: number; startedAt: number },
): { due: number[]; waiting: number[] } {
  const mass = isMass(missing.length, total)
  const isDue = ({ missedAt }: Missing): boolean =>
    !mass || (missedAt !== undefined && startedAt - missedAt >= passesApartMs)
  return {
    due: missing.filter(isDue).map(({ id }) => id),
    waiting: missing.filter((one) => !isDue(one)).map(({ id }) => id),
  }
}
