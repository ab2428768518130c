import type { Status } from '#shared/model/catalog.ts'
import type { Stage } from '#shared/model/scales.ts'
import type { Row } from '../wire-fields.ts'
import * as wire from '../wire-fields.ts'

/** Why a case was closed (api.md §4.2): TheHive 5 made statuses of these words, so Forager shows them as such. */
const resolutions = ['FalsePositive', 'TruePositive', 'Indeterminate', 'Other', 'Duplicated'] as const

const choice = (value: string, stage: Stage, order: number): Status => ({
  value,
  stage,
  order,
  hidden: false,
})

/** What can be chosen for a case: open, or closed for a reason. */
export const caseStatuses: Status[] = [
  choice('Open', 'InProgress', 0),
  ...resolutions.map((value, at) => choice(value, 'Closed', at + 1)),
]

/** A closed case shows why; one closed without a reason, or merged away, shows the server's own word. */
export function readCaseStatus(row: Row): { status: string; stage: Stage } {
  const status = wire.text(row, 'status')
  if (status === 'Open') return { status, stage: 'InProgress' }
  return { status: wire.optionalText(row, 'resolutionStatus') ?? status, stage: 'Closed' }
}

/** A chosen status as the two fields it stands for; undefined for a word that cannot be chosen. */
export function caseStatusBody(status: string): Record<string, string> | undefined {
  if (status === 'Open') return { status }
  const resolution = resolutions.find((known) => known === status)
  return resolution && { status: 'Resolved', resolutionStatus: resolution }
}
