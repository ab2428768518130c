import type { Case } from '#shared/model/case.ts'
import type { PullContext } from './pull-pages.ts'
import { since } from './server-time.ts'
import { changeState, syncStateOf } from './sync-state.ts'

/** The newest cases come first; older ones when an alert or the analyst asks for them. */
const firstCases = 500
/** Of more changes than this since the last time, the cases created last are taken. */
const mostCases = 8_000

/** Cases created or changed since the last time. Answers those that look different now. */
export async function followCases(context: PullContext): Promise<string[]> {
  const { server, cache, signal } = context
  const { casesSeen } = syncStateOf(await cache.marks())
  const updatedSince = casesSeen === undefined ? undefined : since(casesSeen, context)
  let limit = firstCases
  let cases = await server.cases({ limit, updatedSince }, signal)
  while (casesSeen !== undefined && cases.length >= limit && limit < mostCases) {
    limit *= 4
    cases = await server.cases({ limit, updatedSince }, signal)
  }
  const changed = await cache.upsertListedCases(cases)
  const newest = cases.reduce((latest, one) => Math.max(latest, stampOf(one)), casesSeen ?? 0)
  if (newest > (casesSeen ?? 0)) await changeState(cache, () => ({ casesSeen: newest }))
  return changed
}

const stampOf = ({ updatedAt, createdAt }: Case): number => Math.max(updatedAt ?? 0, createdAt)
