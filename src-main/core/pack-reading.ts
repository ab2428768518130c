import type { PackPlan } from '#shared/model/shift-pack.ts'
import { allOf } from '#shared/query/build.ts'
import type { Filter } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import type { PackWanted } from '../sync/shift-packer.ts'
import type { ReaderPool } from './reader-pool.ts'

/** More than a shift needs, and no more than a shared server should be asked for. */
const mostAlerts = 5_000

/** A view as far back as the plan goes. */
export const withinDays = (filter: Filter, days: number): Filter =>
  days === 0 ? filter : allOf([filter, { op: 'gte', field: 'date', value: `-${days}d` }])

/** The alerts of a plan in the local copy, the newest of each view first, and what is known of them. */
export async function readPack(plan: PackPlan, readers: ReaderPool, now: number): Promise<PackWanted> {
  const pks = new Set<number>()
  let cut = false
  for (const { filter } of plan.views) {
    const request = { filter: withinDays(filter, plan.days), sort: newestFirst, after: undefined, now }
    const found = await readers.search((reader) => reader.order({ ...request, limit: mostAlerts }))
    cut ||= found.next !== null
    for (const pk of found.pks) pks.add(pk)
  }
  const taken = [...pks].slice(0, mostAlerts)
  const known = await readers.search((reader) => reader.packed(taken))
  const { filesUpTo } = plan
  const small = filesUpTo === 0 ? [] : await readers.search((reader) => reader.packFiles(taken, filesUpTo))
  return { ...known, small, cut: cut || pks.size > taken.length }
}
