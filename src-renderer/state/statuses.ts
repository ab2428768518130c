import type { Catalog, Status } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'

/** The statuses of a stage that an analyst may choose, in the server's order. */
export function choosableStatuses(catalog: Catalog, stage: Stage): Status[] {
  return catalog.alertStatuses
    .filter((status) => status.stage === stage && !status.hidden)
    .sort((a, b) => a.order - b.order)
}
