import type { Ability, Capabilities } from '#shared/model/session.ts'
import { olderTlps, unless } from '../capabilities.ts'
import { reasons } from './lacking.ts'

const needed: readonly (readonly [string, readonly Ability[]])[] = [
  [
    'manageAlert',
    [
      ...(['createAlert', 'createWithObservables', 'updateAlert', 'reopenAlert', 'deleteAlert'] as const),
      ...(['markRead', 'followAlert', 'alertPap', 'alertCustomFields', 'importAlert'] as const),
      // Observables of an alert belong to the alert here; `manageObservable` is about those of cases.
      ...(['manageObservable', 'changeObservable'] as const),
      ...(['fileObservables', 'zippedObservables'] as const),
    ],
  ],
  ['manageCase', ['createCase', 'updateCase', 'closeCase', 'reopenCase']],
]

/** What the profile allows (api.md §1.6, §9.1). */
export function capabilitiesOf(permissions: readonly string[]): Capabilities {
  const { status, assignee, summary, externalLink, promoteOverrides, promotePages, importObservables } =
    reasons
  const { unlinkAlert, comment, procedure, attachment, downloadAttachment, similarAlerts, views } = reasons
  const denied = needed.map(([permission, abilities]) =>
    unless(
      permissions.includes(permission),
      `Your profile in this organisation lacks the permission ${permission}.`,
      abilities,
    ),
  )
  return {
    cannot: {
      ...Object.assign({}, ...denied),
      ...{ status, assignee, summary, externalLink, promoteOverrides, promotePages, importObservables },
      ...{ unlinkAlert, comment, procedure, attachment, downloadAttachment, similarAlerts, views },
    },
    tlps: olderTlps,
  }
}
