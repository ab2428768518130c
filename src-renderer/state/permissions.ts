import type { Capabilities } from '#shared/model/session.ts'
import type { App } from './app.ts'

type Ability = Exclude<keyof Capabilities, 'readOnlyReason'>

const refusals: Record<Ability, string> = {
  createAlert: 'Your account may not create alerts on this server',
  updateAlert: 'Your account may not change alerts on this server',
  reopenAlert: 'Your account may not reopen alerts on this server',
  importAlert: 'Your account may not promote or merge alerts on this server',
  manageObservable: 'Your account may not add observables on this server',
  comment: 'This server takes no comments from your account',
  assignee: 'Alerts on this server have no assignee',
  promoteOverrides: 'This server takes the values from the alert and the template',
}

/** True, or the reason why not: asked before anything is queued, so that no refusal comes back later. */
export function may(app: Pick<App, 'profile'>, ability: Ability): true | string {
  const { capabilities } = app.profile
  if (!capabilities) return 'Nothing is open'
  if (capabilities.readOnlyReason !== undefined) return capabilities.readOnlyReason
  return capabilities[ability] || refusals[ability]
}
