import type { Ability } from '#shared/model/session.ts'
import type { Action } from '../../state/action.ts'
import { hasTargets, targetIds } from '../../state/app.ts'
import type { App } from '../../state/app.ts'
import type { TargetDialog } from '../../state/dialogs.svelte.ts'
import { knows, mayAll } from '../../state/permissions.ts'
import { choosableStatuses } from '../../state/statuses.ts'
import { knownTargets } from '../../state/targets.ts'
import { assignedSentence, statusSentence } from '../../ui/format/sentences.ts'

/** True when there is something to act on and all of it is allowed. */
export function onTargets(app: App, ...abilities: readonly Ability[]): true | string {
  return hasTargets(app) ? mayAll(app, ...abilities) : 'Choose an alert first'
}

/** On a case the same key is about the case. */
const openCase = (app: App): string | undefined =>
  app.nav.place.screen === 'cases' ? app.nav.place.caseId : undefined

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

function canReopen(app: App): true | string {
  const allowed = onTargets(app, 'reopenAlert', 'status')
  if (allowed !== true) return allowed
  return knownTargets(app).some((one) => one.stage === 'Closed') || 'Only what is closed can be reopened'
}

async function assignToMe(app: App): Promise<void> {
  const { login } = app.profile
  if (login === undefined) return
  const ids = await targetIds(app)
  await app.decisions.tryMake(ids, assignedSentence(ids.length, 'me'), () =>
    app.api.call('triage.update', { ids, change: { assignee: login } }),
  )
}

const dialog = (
  action: Pick<Action, 'id' | 'title' | 'keys' | 'icon'>,
  kind: TargetDialog,
  ...abilities: readonly Ability[]
): Action => ({
  ...action,
  group: 'Triage',
  offered: (app) => abilities.every((ability) => knows(app, ability)),
  enabled: (app) => onTargets(app, ...abilities),
  run: (app) => showFor(app, kind),
})

/** What puts an alert into a case: once only. */
function intoCase(
  action: Pick<Action, 'id' | 'title' | 'keys' | 'icon'>,
  kind: TargetDialog,
  ability: Ability,
): Action {
  const plain = dialog(action, kind, ability)
  const enabled = (app: App): true | string => {
    const allowed = plain.enabled(app)
    const taken = knownTargets(app).filter((one) => one.caseId !== undefined || one.stage === 'Imported')
    if (allowed !== true || taken.length === 0) return allowed
    if (knownTargets(app).length > 1)
      return `Of these, ${taken.length} in a case already: unlink or leave out`
    return mayAll(app, 'unlinkAlert') === true
      ? 'It is in a case already: unlink it first'
      : 'It is in a case already'
  }
  return { ...plain, enabled }
}

export const triageActions: readonly Action[] = [
  {
    id: 'triage.start',
    title: 'Start',
    group: 'Triage',
    keys: ['s'],
    icon: 'play',
    offered: (app) => knows(app, 'status'),
    enabled: (app) => onTargets(app, 'updateAlert', 'status'),
    run: start,
  },
  {
    id: 'triage.close',
    title: 'Close',
    group: 'Triage',
    keys: ['c'],
    icon: 'circle-check',
    offered: (app) => knows(app, 'status') || openCase(app) !== undefined,
    enabled: (app) =>
      openCase(app) === undefined ? onTargets(app, 'updateAlert', 'status') : mayAll(app, 'closeCase'),
    run: (app) => {
      const caseId = openCase(app)
      if (caseId === undefined) return showFor(app, 'close')
      return app.dialogs.show({ kind: 'close-case', caseId })
    },
  },
  {
    id: 'triage.reopen',
    title: 'Reopen',
    group: 'Triage',
    keys: ['r'],
    icon: 'rotate-ccw',
    offered: (app) => knows(app, 'status') || openCase(app) !== undefined,
    enabled: (app) => (openCase(app) === undefined ? canReopen(app) : mayAll(app, 'reopenCase')),
    run: (app) => {
      const caseId = openCase(app)
      if (caseId === undefined) return showFor(app, 'reopen')
      return app.dialogs.show({ kind: 'reopen-case', caseId })
    },
  },
  {
    id: 'triage.assign-me',
    title: 'Assign to me',
    group: 'Triage',
    keys: ['a'],
    icon: 'user-check',
    offered: (app) => knows(app, 'assignee'),
    enabled: (app) => onTargets(app, 'updateAlert', 'assignee'),
    run: assignToMe,
  },
  dialog(
    { id: 'triage.assign', title: 'Assign to…', keys: ['Shift+A'], icon: 'users' },
    'assign',
    'updateAlert',
    'assignee',
  ),
  dialog({ id: 'triage.severity', title: 'Severity', keys: ['v'], icon: 'gauge' }, 'severity', 'updateAlert'),
  {
    ...dialog(
      { id: 'triage.markings', title: 'TLP and PAP', keys: ['Shift+V'], icon: 'shield' },
      'markings',
      'updateAlert',
    ),
    titleIn: (app) => (knows(app, 'alertPap') ? 'TLP and PAP' : 'TLP'),
  },
  dialog({ id: 'triage.tags', title: 'Tags', keys: ['l'], icon: 'tag' }, 'tags', 'updateAlert'),
  intoCase({ id: 'triage.merge', title: 'Merge', keys: ['m'], icon: 'combine' }, 'merge', 'importAlert'),
  intoCase(
    { id: 'triage.import', title: 'Only its observables into a case', keys: ['Shift+M'], icon: 'import' },
    'import',
    'importObservables',
  ),
  intoCase(
    { id: 'triage.promote', title: 'Promote', keys: ['p'], icon: 'circle-arrow-up' },
    'promote',
    'importAlert',
  ),
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
