import type { Ability } from '#shared/model/session.ts'
import type { Action } from '../../state/action.ts'
import { hasTargets, targetIds } from '../../state/app.ts'
import type { App } from '../../state/app.ts'
import type { DetailSection } from '../../state/detail.svelte.ts'
import { openAlertId } from '../../state/open-cursor.ts'
import { knows, may } from '../../state/permissions.ts'

function onOpenAlert(app: App): true | string {
  return app.nav.place.alertId !== undefined || hasTargets(app) || 'Open an alert first'
}

/** Opens the alert under the cursor if none is open, then asks for one of its sections. */
async function focusSection(app: App, section: DetailSection): Promise<void> {
  // Nothing is awaited when the alert is open already: the next key belongs to the section.
  const id = openAlertId(app) ?? (await targetIds(app))[0]
  if (id === undefined) return
  const { nav } = app
  if (nav.place.alertId === undefined) nav.go({ screen: 'queue', alertId: id })
  else if (nav.place.alertId !== id) nav.replace({ screen: 'queue', alertId: id })
  if (!app.detail.alertOf(id)) await app.detail.show(id)
  app.detail.focus = { section }
}

type Section = Pick<Action, 'id' | 'title' | 'keys' | 'icon'> & {
  section: DetailSection
  /** Without it there is no such section here. */
  needs?: Ability
  /** It is for writing: not without the permission. */
  writes?: boolean
}

const sectionAction = ({ section, needs, writes = false, ...action }: Section): Action => ({
  ...action,
  group: 'Triage',
  offered: (app) => needs === undefined || knows(app, needs),
  enabled: (app) => {
    const there = onOpenAlert(app)
    return there === true && writes && needs !== undefined ? may(app, needs) : there
  },
  run: (app) => focusSection(app, section),
})

/** Parts of the open alert, each by its key. */
export const sectionActions: readonly Action[] = [
  sectionAction({
    ...{ id: 'triage.note', title: 'Note', keys: ['n'], icon: 'message-square' },
    ...{ section: 'note', needs: 'comment', writes: true },
  }),
  sectionAction({
    ...{ id: 'triage.observables', title: 'Observables', keys: ['o'], icon: 'radar' },
    section: 'observables',
  }),
  sectionAction({
    ...{ id: 'triage.procedures', title: 'TTPs', keys: ['t'], icon: 'crosshair' },
    ...{ section: 'procedures', needs: 'procedure' },
  }),
  {
    ...sectionAction({
      ...{ id: 'triage.fields', title: 'Edit custom fields', keys: ['e'], icon: 'pencil' },
      ...{ section: 'fields', needs: 'alertCustomFields', writes: true },
    }),
  },
  sectionAction({
    ...{ id: 'triage.similar', title: 'Similar cases and alerts', keys: ['i'], icon: 'copy' },
    ...{ section: 'similar', needs: 'similarCases' },
  }),
]
