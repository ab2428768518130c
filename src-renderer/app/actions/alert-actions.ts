import type { Action } from '../../state/action.ts'
import { targetIds } from '../../state/app.ts'
import type { App } from '../../state/app.ts'
import { knows } from '../../state/permissions.ts'
import { knownTargets, titlesOf } from '../../state/targets.ts'
import { plural } from '../../ui/format/quantity.ts'
import { caseName } from '../../ui/format/sentences.ts'
import { onTargets } from './triage-actions.ts'

async function mark(app: App, read: boolean): Promise<void> {
  const ids = await targetIds(app)
  await app.decisions.tryMake(
    ids,
    `Marked ${plural(ids.length, 'alert')} as ${read ? 'read' : 'unread'}`,
    () => app.api.call('triage.read', { ids, read }),
  )
}

async function follow(app: App, wanted: boolean): Promise<void> {
  const ids = await targetIds(app)
  await app.decisions.tryMake(
    ids,
    `${wanted ? 'Following' : 'No longer following'} ${plural(ids.length, 'alert')}`,
    () => app.api.call('triage.follow', { ids, follow: wanted }),
  )
}

async function askDelete(app: App): Promise<void> {
  const ids = await targetIds(app)
  const what = plural(ids.length, 'alert')
  app.dialogs.confirm({
    title: `Delete ${what}?`,
    ...(await titlesOf(app, ids)),
    note: app.profile.local
      ? 'Observables, notes and files go along.'
      : 'The server deletes for everyone, and observables, notes and files go along. Until it has been sent, Z takes it back.',
    verb: `Delete ${what}`,
    run: () => app.decisions.make(ids, `Deleted ${what}`, () => app.api.call('triage.delete', { ids })),
  })
}

async function askUnlink(app: App): Promise<void> {
  const [id] = await targetIds(app)
  if (id === undefined) return
  const { alert, case: into } = await app.api.call('alerts.get', { id })
  const name = into ? `case ${caseName(into)}` : 'its case'
  app.dialogs.confirm({
    title: `Unlink from ${name}?`,
    names: [alert.title],
    note: `What was copied into ${name} stays there: text, tags, observables, files and notes. Only the link goes, and the alert is new again.`,
    verb: 'Unlink',
    run: () => app.decisions.make([id], `Unlinked from ${name}`, () => app.api.call('triage.unlink', { id })),
  })
}

function canUnlink(app: App): true | string {
  const allowed = onTargets(app, 'unlinkAlert')
  if (allowed !== true) return allowed
  const known = knownTargets(app)
  if (known.length > 1) return 'One alert at a time'
  return known.some((one) => one.caseId !== undefined) || 'It is in no case'
}

/** What is done to an alert as a whole, beside triage. */
export const alertActions: readonly Action[] = [
  {
    id: 'alert.read',
    title: 'Mark as read',
    group: 'Triage',
    keys: ['u'],
    icon: 'mail-open',
    offered: (app) => knows(app, 'markRead'),
    enabled: (app) => onTargets(app, 'markRead'),
    run: (app) => mark(app, true),
  },
  {
    id: 'alert.unread',
    title: 'Mark as unread',
    group: 'Triage',
    keys: ['Shift+U'],
    icon: 'mail',
    offered: (app) => knows(app, 'markRead'),
    enabled: (app) => onTargets(app, 'markRead'),
    run: (app) => mark(app, false),
  },
  {
    id: 'alert.follow',
    title: 'Follow',
    group: 'Triage',
    keys: ['f'],
    icon: 'bell',
    offered: (app) => knows(app, 'followAlert'),
    enabled: (app) => onTargets(app, 'followAlert'),
    run: (app) => follow(app, true),
  },
  {
    id: 'alert.unfollow',
    title: 'Stop following',
    group: 'Triage',
    keys: ['Shift+F'],
    icon: 'bell-off',
    offered: (app) => knows(app, 'followAlert'),
    enabled: (app) => onTargets(app, 'followAlert'),
    run: (app) => follow(app, false),
  },
  {
    id: 'alert.unlink',
    title: 'Unlink from its case',
    group: 'Triage',
    keys: [],
    icon: 'unlink',
    offered: (app) => knows(app, 'unlinkAlert'),
    enabled: canUnlink,
    run: askUnlink,
  },
  {
    id: 'alert.delete',
    title: 'Delete',
    group: 'Triage',
    keys: ['#'],
    icon: 'trash-2',
    offered: (app) => knows(app, 'deleteAlert'),
    enabled: (app) => onTargets(app, 'deleteAlert'),
    run: askDelete,
  },
]
