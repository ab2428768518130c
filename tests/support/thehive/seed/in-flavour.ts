import type { ServerKind } from '../state/server-kind.ts'
import type { Alert, Case, Stage } from '../state/types.ts'

/** The seed speaks TheHive 5.2; these say the same in the words of the server at hand. */

const stages: Record<string, Stage> = {
  ...{ New: 'New', InProgress: 'InProgress', Pending: 'InProgress', Imported: 'Imported' },
  ...{ Ignored: 'Closed', FalsePositive: 'Closed', Duplicated: 'Closed', TruePositive: 'Closed' },
}

export const seedStage = (status: string): Stage => stages[status] ?? 'New'

const tlpBeforeRed4 = [0, 1, 2, 2, 3]

/** Before 5.2.0 RED was 3 and nothing lay between it and AMBER. */
export function seedTlp({ flavour, atLeast }: ServerKind, tlp: number): number {
  return flavour === 'thehive5' && atLeast('5.2.0') ? tlp : (tlpBeforeRed4[tlp] ?? 2)
}

export function seedAlertStatus({ flavour }: ServerKind, status: string): Pick<Alert, 'status' | 'read'> {
  const stage = seedStage(status)
  if (flavour === 'thehive5') return { status }
  if (flavour === 'thehive4') return { status: 'New', read: stage === 'Imported' || stage === 'Closed' }
  if (stage === 'Closed') return { status: 'Ignored' }
  return { status: status === 'Pending' ? 'Updated' : stage === 'Imported' ? 'Imported' : 'New' }
}

export function seedCaseStatus(
  { flavour }: ServerKind,
  status: string,
): Pick<Case, 'status' | 'resolutionStatus' | 'impactStatus'> {
  if (flavour === 'thehive5') return { status, impactStatus: undefined }
  if (seedStage(status) !== 'Closed') return { status: 'Open' }
  return { status: 'Resolved', resolutionStatus: status, impactStatus: 'NoImpact' }
}
