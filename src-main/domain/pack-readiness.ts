import { isLocalId } from '#shared/model/operation.ts'

/** An alert that is to be taken along, and what is known of its copy. Stamps in server time, `packedAt` in ours; ms. */
export type PackEntry = {
  id: string
  caseId: string | undefined
  stamp: number
  packedAt: number | undefined
  packedStamp: number | undefined
  /** The server's answer about what is similar is here. */
  similar: boolean
}

/** Comments and files change without a stamp: after this long a copy is looked at again. */
export const packAgesMs = 12 * 3_600_000

export type Readiness = { ready: number; missing: PackEntry[]; stale: PackEntry[] }

/** Which alerts are whole, which were never fetched, and which may have changed since. What the server does not have needs nothing. */
export function judgePack(
  entries: readonly PackEntry[],
  { now, similar }: { now: number; similar: boolean },
): Readiness {
  const judged: Readiness = { ready: 0, missing: [], stale: [] }
  for (const entry of entries) {
    if (isLocalId(entry.id)) judged.ready += 1
    else if (entry.packedAt === undefined || (similar && !entry.similar)) judged.missing.push(entry)
    else if (isStale(entry, now)) judged.stale.push(entry)
    else judged.ready += 1
  }
  return judged
}

const isStale = ({ stamp, packedAt = 0, packedStamp = 0 }: PackEntry, now: number): boolean =>
  stamp > packedStamp || Math.abs(now - packedAt) > packAgesMs
