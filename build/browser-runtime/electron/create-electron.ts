import type { AppManifest } from '../options.ts'
import { createApp } from './app.ts'
import { missing } from './by-name.ts'
import { createDesktop } from './desktop.ts'
import { createInstanceLock } from './instance-lock.ts'
import { createIpcMain } from './ipc-main.ts'
import { platformPaths } from './platform-paths.ts'
import { createPowerMonitor } from './power-monitor.ts'
import { createSession } from './session.ts'
import { createWindows } from './windows.ts'
import type { WindowNeeds } from './windows.ts'

export type ElectronNeeds = {
  manifest: AppManifest
  /** The folder with package.json and out/. */
  root: string
  userData: string | undefined
  broadcast: WindowNeeds['broadcast']
  onShow: WindowNeeds['onShow']
  end: (code: number, again: boolean) => void
}

/** What the main process of Electron exports beyond what stands here: importable, and throwing by name when touched. */
const notHere = [
  ...[
    'autoUpdater',
    'BaseWindow',
    'BrowserView',
    'clipboard',
    'contentTracing',
    'crashReporter',
    'desktopCapturer',
  ],
  ...['globalShortcut', 'ImageView', 'inAppPurchase', 'MenuItem', 'MessageChannelMain', 'nativeImage'],
  ...['net', 'netLog', 'Notification', 'parentPort', 'powerSaveBlocker', 'pushNotifications'],
  ...['safeStorage', 'screen', 'ServiceWorkerMain', 'ShareMenu', 'systemPreferences', 'TouchBar', 'Tray'],
  ...['utilityProcess', 'View', 'webContents', 'WebContentsView', 'webFrameMain'],
] as const

/** Everything Forager's main bundle may import from `electron`, and the handles the runtime drives it by. */
export function createElectron(needs: ElectronNeeds) {
  const paths = platformPaths(needs.manifest.name, needs.userData)
  const userData = paths['userData'] ?? ''
  const ipc = createIpcMain()
  const session = createSession()
  const windows = createWindows({
    broadcast: needs.broadcast,
    onShow: needs.onShow,
    onContents: (contents) => app.emit('web-contents-created', {}, contents),
    onLastClosed: () => {
      if (!app.emit('window-all-closed')) app.quit()
    },
  })
  const lock = createInstanceLock(userData)
  const { app, start } = createApp({ ...needs, paths, lock, destroyWindows: () => windows.destroyAll() })
  const module: Record<string, unknown> = {
    ...Object.fromEntries(notHere.map((name) => [name, missing(name)])),
    ...createDesktop(),
    app,
    BrowserWindow: windows.BrowserWindow,
    ipcMain: ipc.ipcMain,
    powerMonitor: createPowerMonitor(),
    protocol: session.protocol,
    session: session.session,
  }
  return {
    module,
    userData,
    start,
    quit: () => app.quit(),
    page: windows.page,
    userClosed: windows.userClosed,
    invoke: ipc.invoke,
    fetch: session.fetch,
  }
}

export type ElectronStandIn = ReturnType<typeof createElectron>
