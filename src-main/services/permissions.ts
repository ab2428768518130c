import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Capabilities } from '#shared/model/session.ts'
import type { ServiceContext } from './context.ts'

type Ability = Exclude<keyof Capabilities, 'readOnlyReason'>

const words: Record<Ability, string> = {
  createAlert: 'create alerts',
  updateAlert: 'change alerts',
  reopenAlert: 'reopen alerts',
  importAlert: 'promote or merge alerts',
  manageObservable: 'add observables',
  comment: 'comment',
  assignee: 'assign alerts',
  promoteOverrides: 'override case fields',
}

/** Known before anything is queued: a refusal after reconnecting would be too late. */
export function mustBeAble(ability: Ability, context: Pick<ServiceContext, 'session'>): void {
  const { capabilities, login, organisation } = context.session()
  if (capabilities.readOnlyReason !== undefined)
    throw new ForagerError('forbidden', `This server takes no changes: ${capabilities.readOnlyReason}`, {
      did: 'Nothing was queued.',
    })
  if (!capabilities[ability])
    throw new ForagerError('forbidden', `${login} may not ${words[ability]} in ${organisation}.`, {
      did: 'Nothing was queued.',
      next: 'Ask an administrator of the organisation for the permission.',
    })
}
