import type { OutboxCounts } from '#shared/model/sync-status.ts'
import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'

const always = () => true as const
const withServer = (app: App): true | string => {
  if (!app.profile.open) return 'Nothing is open'
  return app.profile.open.profile.kind === 'thehive' || 'A local workspace has no server'
}
const filling = (app: App): boolean => {
  const phase = app.profile.sync?.fill?.phase
  return phase !== undefined && phase !== 'done' && phase !== 'cancelled'
}
const workingOffline = (app: App) => app.profile.sync?.connection === 'working-offline'

/** Whether “send now” would let anything go: what was exported, and what needs the analyst, it leaves alone. */
function maySend(counts: OutboxCounts | undefined): true | string {
  const { waiting = 0, needAttention = 0, exported = 0 } = counts ?? {}
  if (waiting === 0) return 'Nothing waits to be sent'
  if (waiting > needAttention + exported) return true
  return exported === 0 ? 'What waits needs you first' : 'What waits was exported to a file: resume it first'
}

async function call(app: App, name: 'sync.now' | 'sync.cancelFill' | 'sync.resumeFill' | 'outbox.sendNow') {
  await app.api.call(name, {})
}

export const connectionActions: readonly Action[] = [
  {
    id: 'sync.now',
    title: 'Sync now',
    group: 'Connection',
    keys: ['g s'],
    icon: 'refresh-cw',
    enabled: withServer,
    run: (app) => call(app, 'sync.now'),
  },
  {
    id: 'outbox.send-now',
    title: 'Send all waiting decisions now',
    group: 'Connection',
    keys: [],
    icon: 'send-horizontal',
    enabled: (app) => (app.profile.open ? maySend(app.profile.sync) : 'Nothing is open'),
    run: (app) => call(app, 'outbox.sendNow'),
  },
  {
    id: 'sync.go-offline',
    title: 'Work offline',
    group: 'Connection',
    keys: [],
    icon: 'plane-takeoff',
    enabled: (app) =>
      withServer(app) === true ? !workingOffline(app) || 'Already working offline' : withServer(app),
    run: async (app) => void (await app.api.call('sync.workOffline', { offline: true })),
  },
  {
    id: 'sync.go-online',
    title: 'Go online again',
    group: 'Connection',
    keys: [],
    icon: 'plug',
    enabled: (app) => workingOffline(app) || 'Not set to work offline',
    run: async (app) => void (await app.api.call('sync.workOffline', { offline: false })),
  },
  {
    id: 'sync.meter',
    title: 'Treat the line as metered: fetch on demand only',
    group: 'Connection',
    keys: [],
    icon: 'gauge',
    enabled: (app) =>
      withServer(app) === true ? !app.settings.now.metered || 'It is metered already' : withServer(app),
    run: (app) => app.settings.save({ metered: true }),
  },
  {
    id: 'sync.unmeter',
    title: 'The line is not metered any more',
    group: 'Connection',
    keys: [],
    icon: 'gauge',
    enabled: (app) => app.settings.now.metered || 'The line is not set as metered',
    run: (app) => app.settings.save({ metered: false }),
  },
  {
    id: 'sync.cancel-fill',
    title: 'Pause the first copy',
    group: 'Connection',
    keys: [],
    icon: 'circle-x',
    enabled: (app) => filling(app) || 'No first copy is running',
    run: (app) => call(app, 'sync.cancelFill'),
  },
  {
    id: 'sync.resume-fill',
    title: 'Resume the first copy',
    group: 'Connection',
    keys: [],
    icon: 'refresh-cw',
    enabled: (app) => app.profile.sync?.fill?.phase === 'cancelled' || 'The first copy is not paused',
    run: (app) => call(app, 'sync.resumeFill'),
  },
  {
    id: 'profile.switch',
    title: 'Switch connection or organisation',
    group: 'Connection',
    keys: ['g w'],
    icon: 'arrow-left-right',
    enabled: (app) => Boolean(app.profile.open) || 'Nothing is open',
    run: (app) => app.dialogs.show({ kind: 'switch' }),
  },
  {
    id: 'profile.close',
    title: 'Close this workspace',
    group: 'Connection',
    keys: [],
    icon: 'door-open',
    enabled: (app) => Boolean(app.profile.open) || 'Nothing is open',
    run: async (app) => void (await app.api.call('profiles.close', {})),
  },
]

export const foragerActions: readonly Action[] = [
  {
    id: 'forager.palette',
    title: 'Commands',
    group: 'Forager',
    keys: ['Mod+k'],
    icon: 'command',
    enabled: always,
    run: (app) => app.dialogs.show({ kind: 'palette' }),
  },
  {
    id: 'forager.keys',
    title: 'Show all keys',
    group: 'Forager',
    keys: ['?'],
    icon: 'keyboard',
    enabled: always,
    run: (app) => app.dialogs.show({ kind: 'keys' }),
  },
  {
    id: 'forager.settings',
    title: 'Settings: time to undo, network, recovery key',
    group: 'Forager',
    keys: ['g ,'],
    icon: 'settings',
    enabled: (app) => Boolean(app.profile.open) || 'Nothing is open',
    run: (app) => app.dialogs.show({ kind: 'settings' }),
  },
  {
    id: 'forager.theme',
    title: 'Change theme: system, light, dark',
    group: 'Forager',
    keys: ['g t'],
    icon: 'contrast',
    enabled: always,
    run: (app) => app.theme.next(),
  },
]
