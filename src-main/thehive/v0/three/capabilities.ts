import type { Capabilities } from '#shared/model/session.ts'
import { atLeast } from '../../server-version.ts'
import { olderTlps, unless } from '../capabilities.ts'
import { reallyDeletes } from './delete-alerts.ts'
import { mergeLimit } from './imports.ts'
import { editsArtifacts, reasons } from './lacking.ts'

const needs = (role: string): string => `Your account lacks the role "${role}" on this TheHive.`

/** What version and roles allow (api.md §1.6, §9.1, §9.2). A right one lacks is the better reason than an old version. */
export function capabilitiesOf(version: string, roles: readonly string[]): Capabilities {
  const limit = mergeLimit(version)
  return {
    cannot: {
      ...unless(reallyDeletes(version), reasons.deleteAlert, ['deleteAlert']),
      ...unless(atLeast(version, '3.1.0'), reasons.alertCustomFields, ['alertCustomFields']),
      ...unless(editsArtifacts(version), reasons.editArtifacts, ['manageObservable', 'changeObservable']),
      ...unless(roles.includes('alert'), needs('alert'), ['createAlert', 'createWithObservables']),
      ...unless(roles.includes('write'), needs('write'), [
        ...(['updateAlert', 'reopenAlert', 'deleteAlert', 'markRead', 'followAlert', 'importAlert'] as const),
        ...(['manageObservable', 'changeObservable', 'alertCustomFields'] as const),
        ...(['createCase', 'updateCase', 'closeCase', 'reopenCase'] as const),
      ]),
      ...lacking(),
    },
    tlps: olderTlps,
    ...(limit !== undefined && { mergeLimit: limit }),
  }
}

/** What no TheHive 3 has. */
function lacking(): Capabilities['cannot'] {
  const { status, assignee, summary, alertPap, externalLink, promoteOverrides, promotePages } = reasons
  const { importObservables, unlinkAlert, fileObservables, zippedObservables, comment } = reasons
  const { procedure, attachment, downloadAttachment, similarAlerts, views } = reasons
  return {
    ...{ status, assignee, summary, alertPap, externalLink, promoteOverrides, promotePages },
    ...{ importObservables, unlinkAlert, fileObservables, zippedObservables, comment },
    ...{ procedure, attachment, downloadAttachment, similarAlerts, views },
  }
}
