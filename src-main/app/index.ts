import { join } from 'node:path'
import { app, dialog, session } from 'electron'
import type { BrowserWindow } from 'electron'
import { toErrorData } from '#shared/errors/convert.ts'
import { registerCalls } from '../ipc/register-calls.ts'
import { createSendEvent } from '../ipc/send-event.ts'
import { createLogger } from '../platform/logger.ts'
import { openLogFile } from '../platform/log-file.ts'
import { appPaths } from '../platform/paths.ts'
import { askSavePath } from '../shell/ask-save-path.ts'
import { isAppUrl } from '../shell/app-origin.ts'
import { declareAppScheme, serveApp } from '../shell/app-protocol.ts'
import { listBuiltFiles } from '../shell/built-files.ts'
import { denyPermissions } from '../shell/deny-permissions.ts'
import { lockAllContents } from '../shell/lock-contents.ts'
import { followPower } from '../shell/follow-power.ts'
import { focusWindow, openMainWindow } from '../shell/main-window.ts'
import { installMenu } from '../shell/menu.ts'
import { revivePage } from '../shell/revive-page.ts'
import { quitInOrder } from '../shell/shutdown.ts'
import { openProfileRegistry } from '../services/profile-registry.ts'
import { createVaultService } from '../vault/vault-service.ts'
import { startCore } from './core-client.ts'
import { allHandlers } from './handlers.ts'
import { quitSteps } from './quit-steps.ts'

app.enableSandbox()
declareAppScheme()
if (app.requestSingleInstanceLock()) start()
else app.exit(0)

function start(): void {
  const devTools = !app.isPackaged
  const paths = appPaths(app.getPath('userData'))
  const write = openLogFile(paths.logFile, {
    onFailure: (error) => process.stderr.write(`The log cannot be written: ${String(error)}\n`),
  })
  const log = createLogger({ write })
  lockAllContents(log)

  let window: BrowserWindow | undefined
  const send = createSendEvent(() => window?.webContents)
  app.on('second-instance', () => window !== undefined && focusWindow(window))
  app.on('window-all-closed', () => app.quit())

  const open = async () => {
    denyPermissions(session.defaultSession)
    serveApp(session.defaultSession, listBuiltFiles(join(import.meta.dirname, '../renderer')))
    installMenu({ mac: process.platform === 'darwin', devTools })
    const core = startCore(send)
    const leaving = new AbortController()
    // Hints: that one was not heard changes nothing, and is noted.
    const unheard = (error: unknown) => log.warn('The core did not hear of the machine', { error })
    const stopFollowing = followPower({
      power: (state) => void core.power(state).catch(unheard),
      woke: () => void core.hint().catch(unheard),
    })
    const vault = createVaultService({ folder: paths.userData, signal: leaving.signal })
    const handlers = allHandlers({
      vault,
      core,
      askSavePath: (name) => askSavePath(window, { name, signal: leaving.signal }),
      registry: openProfileRegistry(paths.userData),
      info: {
        ...{ name: 'Forager', version: app.getVersion(), platform: process.platform },
        runtime: process.versions.electron === undefined ? 'browser' : 'electron',
      },
    })
    const calls = registerCalls(handlers, {
      isKnownContents: (id) => window?.webContents.id === id,
      isAppUrl,
      checkOutputs: !app.isPackaged,
      log,
    })
    quitInOrder(quitSteps({ calls, core, leaving, stopFollowing }), log)
    window = openMainWindow({
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      title: 'Forager',
      devTools,
    })
    window.on('closed', () => (window = undefined))
    revivePage(window, log)
    // A keychain may wait a minute for its password, and the window not for it. Its failure is one of the start.
    await vault
  }
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      log.error('Forager could not start', { error })
      const { message, did, next } = toErrorData(error)
      dialog.showErrorBox('Forager could not start', [message, did, next].filter(Boolean).join('\n\n'))
      app.exit(1)
    })
}
