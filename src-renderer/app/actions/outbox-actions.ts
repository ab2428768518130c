import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'

const withServer = (app: App): true | string =>
  app.profile.open?.profile.kind === 'thehive' || 'Nothing is open that has a server'

/** The outbox as a file, for another machine and from one. */
export const outboxActions: readonly Action[] = [
  {
    id: 'outbox.export',
    title: 'Export the outbox to a file',
    group: 'Connection',
    keys: [],
    icon: 'file-up',
    enabled: (app) =>
      withServer(app) === true
        ? (app.profile.sync?.waiting ?? 0) > 0 || 'Nothing waits to be sent'
        : withServer(app),
    run: (app) => app.dialogs.show({ kind: 'export-outbox' }),
  },
  {
    id: 'outbox.import',
    title: 'Import an outbox from a file',
    group: 'Connection',
    keys: [],
    icon: 'file-down',
    enabled: withServer,
    run: (app) => app.dialogs.show({ kind: 'import-outbox' }),
  },
]
