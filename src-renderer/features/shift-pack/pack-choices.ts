import type { Filter } from '#shared/query/filter.ts'
import { fileLimits } from '#shared/model/shift-pack.ts'
import type { PackPlan } from '#shared/model/shift-pack.ts'
import { printFilter } from '#shared/query/print.ts'
import { sameFilter } from '#shared/query/same.ts'
import type { App } from '../../state/app.ts'
import { builtInViews } from '../../state/queue/views.ts'

/** What a plan takes. */
const longestName = 200

export type PackChoice = { name: string; filter: Filter }

/** Views that may be taken along: those of the side bar, those of the server, and what the query bar asks for now. */
export function packChoices({ profile, queue }: Pick<App, 'profile' | 'queue'>): PackChoice[] {
  const builtIn = builtInViews(profile.login)
    .filter(({ id }) => ['inbox', 'mine', 'unassigned', 'critical'].includes(id))
    .map(({ name, filter }) => ({ name, filter }))
  const ofServer = (profile.catalog.views ?? []).flatMap(({ name, filter }) =>
    filter === undefined ? [] : [{ name, filter }],
  )
  const known = [...builtIn, ...ofServer]
  const shown = { name: 'What is shown now', filter: queue.filter }
  return known.some(({ filter }) => sameFilter(filter, shown.filter)) ? known : [...known, shown]
}

/** A plan from before may hold what no view says any more: it stays on offer, by its query where a view has its name. */
export function withPlanned(choices: readonly PackChoice[], plan: PackPlan | undefined): PackChoice[] {
  const gone = (plan?.views ?? []).filter(
    (view) => !choices.some((one) => sameFilter(one.filter, view.filter)),
  )
  const taken = new Set(choices.map(({ name }) => name))
  const named = ({ name, filter }: PackChoice) =>
    taken.has(name) ? printFilter(filter).slice(0, longestName) || name : name
  return [...choices, ...gone.map((view) => ({ ...view, name: named(view) }))]
}

export const dayChoices = [
  { value: 1, text: '1 day' },
  { value: 3, text: '3 days' },
  { value: 7, text: '7 days' },
  { value: 30, text: '30 days' },
  { value: 0, text: 'Any age' },
] as const

/** How large a file may be to come along. */
export const fileChoices = fileLimits.map((value) => ({
  value,
  text: value === 0 ? 'None' : `Up to ${value / 1_000_000} MB`,
}))
