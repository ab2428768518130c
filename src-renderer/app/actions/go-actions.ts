import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'
import { knows } from '../../state/permissions.ts'
import { builtInViews } from '../../state/queue/views.ts'
import type { ViewId } from '../../state/queue/views.ts'

const always = () => true as const

async function goToView(app: App, id: ViewId): Promise<void> {
  const view = builtInViews(app.profile.login).find((one) => one.id === id)
  app.nav.go({ screen: 'queue' })
  app.queue.focus = { on: 'list' }
  if (view) await app.queue.setFilter(view.filter)
}

export const goActions: readonly Action[] = [
  {
    id: 'go.inbox',
    title: 'Inbox',
    group: 'Go to',
    keys: ['g i'],
    icon: 'inbox',
    enabled: always,
    run: (app) => goToView(app, 'inbox'),
  },
  {
    id: 'go.mine',
    title: 'Mine',
    group: 'Go to',
    keys: ['g m'],
    icon: 'user',
    offered: (app) => knows(app, 'assignee'),
    enabled: always,
    run: (app) => goToView(app, 'mine'),
  },
  {
    id: 'go.cases',
    title: 'Cases',
    group: 'Go to',
    keys: ['g c'],
    icon: 'briefcase',
    enabled: always,
    run: (app) => app.nav.go({ screen: 'cases' }),
  },
  {
    id: 'go.outbox',
    title: 'Outbox',
    group: 'Go to',
    keys: ['g o'],
    icon: 'send',
    enabled: always,
    run: (app) => app.nav.go({ screen: 'outbox' }),
  },
  {
    id: 'go.back',
    title: 'Back',
    group: 'Go to',
    keys: ['['],
    icon: 'arrow-left',
    enabled: (app) => app.nav.canGoBack || 'Nowhere to go back to',
    run: (app) => app.nav.back(),
  },
  {
    id: 'go.forward',
    title: 'Forward',
    group: 'Go to',
    keys: [']'],
    icon: 'arrow-right',
    enabled: (app) => app.nav.canGoForward || 'Nowhere to go forward to',
    run: (app) => app.nav.forward(),
  },
]
