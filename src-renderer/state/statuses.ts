import type { Catalog, Status } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'

type Statuses = Pick<Catalog, 'alertStatuses' | 'caseStatuses'>
export type StatusesOf = keyof Statuses

/** The statuses of a stage that an analyst may choose, in the server's order. */
export function choosableStatuses(
  catalog: Statuses,
  stage: Stage,
  of: StatusesOf = 'alertStatuses',
): Status[] {
  return catalog[of]
    .filter((status) => status.stage === stage && !status.hidden)
    .toSorted((a, b) => a.order - b.order)
}

/** The colour the server gives a status, if it gives one. */
export function statusColour(catalog: Statuses, value: string, of: StatusesOf): string | undefined {
  return catalog[of].find((status) => status.value === value)?.colour
}
