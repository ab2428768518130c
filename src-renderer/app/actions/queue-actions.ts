import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'
import { followCursor, openCursor } from '../../state/open-cursor.ts'
import { may } from '../../state/permissions.ts'

const inQueue = (app: App): true | string => app.nav.place.screen === 'queue' || 'Only in the queue'
const onRow = (app: App): true | string =>
  inQueue(app) === true ? app.queue.cursor !== undefined || 'No alert under the cursor' : inQueue(app)

/** Stepping while an alert is open shows its neighbour: the detail follows the cursor. */
async function step(app: App, by: number): Promise<void> {
  app.queue.moveBy(by)
  await followCursor(app)
}

function back(app: App): void {
  const { nav, queue } = app
  if (nav.place.caseId !== undefined) return nav.go({ screen: 'cases' })
  if (nav.place.screen !== 'queue' || nav.place.alertId !== undefined) nav.go({ screen: 'queue' })
  else if (queue.selection.chosen.size > 0) queue.clearSelection()
  queue.focus = { on: 'list' }
}

export const queueActions: readonly Action[] = [
  {
    id: 'queue.next',
    title: 'Next alert',
    group: 'Queue',
    keys: ['j'],
    icon: 'arrow-down',
    enabled: inQueue,
    run: (app) => step(app, 1),
  },
  {
    id: 'queue.previous',
    title: 'Previous alert',
    group: 'Queue',
    keys: ['k'],
    icon: 'arrow-up',
    enabled: inQueue,
    run: (app) => step(app, -1),
  },
  {
    id: 'queue.open',
    title: 'Open alert',
    group: 'Queue',
    keys: ['Enter'],
    icon: 'eye',
    enabled: onRow,
    run: openCursor,
  },
  {
    id: 'queue.back',
    title: 'Back to the queue',
    group: 'Queue',
    keys: ['Escape'],
    icon: 'corner-up-left',
    enabled: () => true,
    run: back,
  },
  {
    id: 'queue.select',
    title: 'Select alert',
    group: 'Queue',
    keys: ['x'],
    icon: 'square-check',
    enabled: onRow,
    run: (app) => {
      if (app.queue.cursor !== undefined) app.queue.toggleSelected(app.queue.cursor)
    },
  },
  {
    id: 'queue.select-range',
    title: 'Select up to here',
    group: 'Queue',
    keys: ['Shift+X'],
    icon: 'list-checks',
    enabled: onRow,
    run: (app) => {
      if (app.queue.cursor !== undefined) app.queue.extendSelection(app.queue.cursor)
    },
  },
  {
    id: 'queue.query',
    title: 'Filter the queue',
    group: 'Queue',
    keys: ['/'],
    icon: 'search',
    enabled: () => true,
    run: (app) => {
      app.nav.go({ ...app.nav.place, screen: 'queue' })
      app.queue.focus = { on: 'query' }
    },
  },
  {
    id: 'queue.show-new',
    title: 'Show new alerts',
    group: 'Queue',
    keys: ['.'],
    icon: 'bell',
    enabled: (app) => app.queue.list.newCount > 0 || 'Nothing new',
    run: (app) => app.queue.showNew(),
  },
  {
    id: 'queue.create',
    title: 'Create an alert',
    group: 'Queue',
    keys: ['+'],
    icon: 'plus',
    enabled: (app) => may(app, 'createAlert'),
    run: (app) => app.dialogs.show({ kind: 'create' }),
  },
]
