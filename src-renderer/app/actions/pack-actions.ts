import type { Action } from '../../state/action.ts'

export const packActions: readonly Action[] = [
  {
    id: 'pack.open',
    title: 'Take along: ready for offline',
    group: 'Connection',
    keys: ['g p'],
    icon: 'backpack',
    offered: (app) => app.profile.open?.profile.kind === 'thehive',
    enabled: (app) => app.profile.open?.profile.kind === 'thehive' || 'Nothing is open that has a server',
    run: (app) => app.dialogs.show({ kind: 'pack' }),
  },
]
