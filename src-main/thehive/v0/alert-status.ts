import type { Status } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'

/** The four words of TheHive 3 and 4 (api.md §2.2, §2.5): what read mark and case make of an alert. */
export const olderAlertStatuses = ['New', 'Updated', 'Ignored', 'Imported'] as const
export type OlderAlertStatus = (typeof olderAlertStatuses)[number]

/**
 * An alert in a case is imported, whatever its word: `Updated` there only means that something came after. Without a case
 * `Ignored` is the one that needs nobody any more.
 */
export function stageOf(status: string, caseId: string | undefined): Stage {
  if (caseId !== undefined || status === 'Imported') return 'Imported'
  return status === 'Ignored' ? 'Closed' : 'New'
}

/** `Updated` comes from the server alone, so nobody can choose it. */
export const alertStatuses: Status[] = olderAlertStatuses.map((value, order) => ({
  value,
  stage: stageOf(value, undefined),
  order,
  hidden: value === 'Updated',
}))

/** What choosing a status means where statuses cannot be chosen: marked read or unread; undefined for every other word. */
export function readMarkFor(status: string): boolean | undefined {
  if (status === 'Ignored') return true
  return status === 'New' ? false : undefined
}
