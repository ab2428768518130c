import { canDo } from '#shared/model/session.ts'
import type { Ability, Session } from '#shared/model/session.ts'
import type { App } from './app.ts'

const beforeStatuses: readonly Ability[] = [
  'status',
  'assignee',
  'summary',
  'promoteOverrides',
  'promotePages',
  'importObservables',
  'unlinkAlert',
  'comment',
  'procedure',
  'attachment',
  'downloadAttachment',
  'views',
]

/** What a flavour has never had, whoever asks: it is not offered at all. Anything else missing is shown with its reason. */
const unknownTo: Record<Session['flavour'], ReadonlySet<Ability>> = {
  thehive3: new Set([...beforeStatuses, 'alertPap', 'externalLink', 'changeObservable', 'zippedObservables']),
  thehive4: new Set([...beforeStatuses]),
  thehive5: new Set<Ability>(['markRead']),
  local: new Set<Ability>([
    'markRead',
    'promotePages',
    'similarCases',
    'similarAlerts',
    'zippedObservables',
    'audit',
    'views',
  ]),
}

type Opened = Pick<App, 'profile'>

/** True, or the reason why not: asked before anything is queued, so that no refusal comes back later. */
export function may(app: Opened, ability: Ability): true | string {
  const { capabilities } = app.profile
  return capabilities ? canDo(capabilities, ability) : 'Nothing is open'
}

/** Whether this kind of server knows such a thing at all. The server's own word wins over what its flavour is known for. */
export function knows(app: Opened, ability: Ability): boolean {
  const { open } = app.profile
  if (!open) return false
  const { flavour, capabilities } = open.session
  return capabilities.cannot[ability] === undefined || !unknownTo[flavour].has(ability)
}

/** The first reason against, asking several abilities in turn; true when there is none. */
export function mayAll(app: Opened, ...abilities: readonly Ability[]): true | string {
  for (const ability of abilities) {
    const allowed = may(app, ability)
    if (allowed !== true) return allowed
  }
  return true
}
