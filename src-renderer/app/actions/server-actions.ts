import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'

function reachable(app: App): true | string {
  const { connection } = app.profile.sync ?? {}
  if (connection === 'online') return true
  return connection === 'working-offline'
    ? 'Forager is set to work offline'
    : 'The server cannot be reached just now'
}

/** What only the server can answer. */
export const serverActions: readonly Action[] = [
  {
    id: 'queue.ask-server',
    title: 'Ask the server',
    group: 'Queue',
    keys: [],
    icon: 'search',
    offered: (app) => app.profile.open?.profile.kind === 'thehive',
    enabled: (app) => (app.nav.place.screen === 'queue' ? reachable(app) : 'Only in the queue'),
    run: (app) => app.serverSearch.ask(),
  },
]
