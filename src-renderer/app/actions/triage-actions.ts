import type { Action } from '../../state/action.ts'
import { hasTargets, targetIds } from '../../state/app.ts'
import type { App } from '../../state/app.ts'
import type { TargetDialog } from '../../state/dialogs.svelte.ts'
import { may } from '../../state/permissions.ts'
import { choosableStatuses } from '../../state/statuses.ts'
import { assignedSentence, statusSentence } from '../../ui/format/sentences.ts'

type Ability = Parameters<typeof may>[1]

function onTargets(app: App, ability: Ability): true | string {
  return hasTargets(app) ? may(app, ability) : 'Choose an alert first'
}

function onOpenAlert(app: App): true | string {
  return app.nav.place.alertId !== undefined || hasTargets(app) || 'Open an alert first'
}

async function showFor(app: App, kind: TargetDialog): Promise<void> {
  app.dialogs.show({ kind, ids: await targetIds(app) })
}

async function start(app: App): Promise<void> {
  const [only, ...others] = choosableStatuses(app.profile.catalog, 'InProgress')
  if (!only || others.length > 0) return showFor(app, 'start')
  const ids = await targetIds(app)
  await app.decisions.tryMake(ids, statusSentence('Started', ids.length, only.value), () =>
    app.api.call('triage.update', { ids, change: { status: only.value } }),
  )
}

async function assignToMe(app: App): Promise<void> {
  const { login } = app.profile
  if (login === undefined) return
  const ids = await targetIds(app)
  await app.decisions.tryMake(ids, assignedSentence(ids.length, 'me'), () =>
    app.api.call('triage.update', { ids, change: { assignee: login } }),
  )
}

/** Opens the alert under the cursor if none is open, then asks for one of its sections. */
async function focusSection(app: App, section: 'note' | 'observables'): Promise<void> {
  // Nothing is awaited when the alert is open already: the next key belongs to the section.
  const id = app.nav.place.alertId ?? (await targetIds(app))[0]
  if (id === undefined) return
  if (app.nav.place.alertId !== id) app.nav.go({ screen: 'queue', alertId: id })
  if (app.detail.data?.alert.id !== id) await app.detail.show(id)
  app.detail.focus = { section }
}

const dialog = (
  action: Pick<Action, 'id' | 'title' | 'keys' | 'icon'>,
  kind: TargetDialog,
  ability: Ability,
): Action => ({
  ...action,
  group: 'Triage',
  enabled: (app) => onTargets(app, ability),
  run: (app) => showFor(app, kind),
})

export const triageActions: readonly Action[] = [
  {
    id: 'triage.start',
    title: 'Start',
    group: 'Triage',
    keys: ['s'],
    icon: 'play',
    enabled: (app) => onTargets(app, 'updateAlert'),
    run: start,
  },
  dialog({ id: 'triage.close', title: 'Close', keys: ['c'], icon: 'circle-check' }, 'close', 'updateAlert'),
  {
    id: 'triage.assign-me',
    title: 'Assign to me',
    group: 'Triage',
    keys: ['a'],
    icon: 'user-check',
    enabled: (app) => {
      const allowed = onTargets(app, 'updateAlert')
      return allowed === true ? may(app, 'assignee') : allowed
    },
    run: assignToMe,
  },
  dialog(
    { id: 'triage.assign', title: 'Assign to…', keys: ['Shift+A'], icon: 'users' },
    'assign',
    'assignee',
  ),
  dialog({ id: 'triage.severity', title: 'Severity', keys: ['v'], icon: 'gauge' }, 'severity', 'updateAlert'),
  dialog({ id: 'triage.tags', title: 'Tags', keys: ['l'], icon: 'tag' }, 'tags', 'updateAlert'),
  dialog({ id: 'triage.merge', title: 'Merge', keys: ['m'], icon: 'combine' }, 'merge', 'importAlert'),
  dialog(
    { id: 'triage.promote', title: 'Promote', keys: ['p'], icon: 'circle-arrow-up' },
    'promote',
    'importAlert',
  ),
  {
    id: 'triage.note',
    title: 'Note',
    group: 'Triage',
    keys: ['n'],
    icon: 'message-square',
    enabled: (app) => {
      const there = onOpenAlert(app)
      return there === true ? may(app, 'comment') : there
    },
    run: (app) => focusSection(app, 'note'),
  },
  {
    id: 'triage.observables',
    title: 'Observables',
    group: 'Triage',
    keys: ['o'],
    icon: 'radar',
    enabled: onOpenAlert,
    run: (app) => focusSection(app, 'observables'),
  },
  {
    id: 'triage.undo',
    title: 'Undo',
    group: 'Triage',
    keys: ['z'],
    icon: 'undo-2',
    enabled: (app) => app.decisions.last !== undefined || 'Nothing to undo since Forager was opened',
    run: (app) => app.decisions.undo(),
  },
]
