import type { Capabilities } from '#shared/model/session.ts'
import { atLeast } from '../server-version.ts'

/** What version, permissions and licence allow (api.md §1.6, §9.2). Before 5.1 `manageAlert` covers all its later parts. */
export function capabilitiesOf(
  version: string,
  permissions: readonly string[],
  readOnlyReason: string | undefined,
): Capabilities {
  const may = (permission: string): boolean =>
    permissions.includes(permission) || permissions.includes(permission.split('/')[0] ?? permission)
  return {
    createAlert: may('manageAlert/create'),
    updateAlert: may('manageAlert/update'),
    reopenAlert: atLeast(version, '5.2.6') ? may('manageAlert/reopen') : may('manageAlert/update'),
    importAlert: may('manageAlert/import'),
    manageObservable: may('manageObservable'),
    comment: may('manageComment'),
    assignee: atLeast(version, '5.2.0'),
    promoteOverrides: atLeast(version, '5.0.18'),
    ...(readOnlyReason !== undefined && { readOnlyReason }),
  }
}
