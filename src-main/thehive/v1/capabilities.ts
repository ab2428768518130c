import type { Ability, Capabilities } from '#shared/model/session.ts'
import { atLeast } from '../server-version.ts'
import { tlpScale } from '../scales.ts'
import { lackedBy } from './abilities.ts'

/** The permission each ability needs (api.md §1.6); reading needs none beyond the organisation. */
const needed: readonly (readonly [Ability, string])[] = [
  ['createAlert', 'manageAlert/create'],
  ['createWithObservables', 'manageAlert/create'],
  ['updateAlert', 'manageAlert/update'],
  ['followAlert', 'manageAlert/update'],
  ['status', 'manageAlert/update'],
  ['assignee', 'manageAlert/update'],
  ['summary', 'manageAlert/update'],
  ['alertPap', 'manageAlert/update'],
  ['externalLink', 'manageAlert/update'],
  ['alertCustomFields', 'manageAlert/update'],
  ['attachment', 'manageAlert/update'],
  ['deleteAlert', 'manageAlert/delete'],
  ['importAlert', 'manageAlert/import'],
  ['promoteOverrides', 'manageAlert/import'],
  ['promotePages', 'manageAlert/import'],
  ['importObservables', 'manageAlert/import'],
  ['unlinkAlert', 'manageCase/update'],
  ['manageObservable', 'manageObservable'],
  ['changeObservable', 'manageObservable'],
  ['fileObservables', 'manageObservable'],
  ['zippedObservables', 'manageObservable'],
  ['comment', 'manageComment'],
  ['procedure', 'manageProcedure'],
  ['createCase', 'manageCase/create'],
  ['updateCase', 'manageCase/update'],
  ['closeCase', 'manageCase/update'],
]

/** A permission of its own since 5.2.6; before, whoever may update may reopen. */
const reopening: readonly (readonly [Ability, string])[] = [
  ['reopenAlert', 'manageAlert'],
  ['reopenCase', 'manageCase'],
]

/** What version, permissions and licence allow (api.md §1.6, §9.2). Before 5.1 `manageAlert` covers all its later parts. */
export function capabilitiesOf(
  version: string,
  permissions: readonly string[],
  readOnlyReason: string | undefined,
): Capabilities {
  const may = (permission: string): boolean =>
    permissions.includes(permission) || permissions.includes(permission.split('/')[0] ?? permission)
  const right = atLeast(version, '5.2.6') ? 'reopen' : 'update'
  const all = [...needed, ...reopening.map(([ability, of]) => [ability, `${of}/${right}`] as const)]
  const denied = all.filter(([, permission]) => !may(permission))
  return {
    cannot: {
      ...Object.fromEntries(denied.map(([ability, permission]) => [ability, withoutPermission(permission)])),
      ...lackedBy(version),
    },
    tlps: [...tlpScale(version).fromWire],
    ...(readOnlyReason !== undefined && { readOnlyReason }),
    ...(atLeast(version, '5.5.6') && { mergeLimit: 50 }),
    // The API descriptions of 5.6.2 and 5.7.3 differ here.
    ...(!atLeast(version, '5.7.0') && { linkLimit: 512 }),
  }
}

const withoutPermission = (permission: string): string =>
  `Your profile in this organisation lacks the permission ${permission}.`
