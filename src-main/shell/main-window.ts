import { BrowserWindow } from 'electron'
import { appStartUrl } from './app-origin.ts'

export type MainWindowOptions = {
  /** The built preload, one CommonJS file. */
  preload: string
  title: string
  devTools: boolean
}

/** Opens the one window. It shows itself once the page has painted, so that nothing flashes. */
export function openMainWindow({ preload, title, devTools }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title,
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload,
      devTools,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(appStartUrl)
  return window
}

/** Brings the window to the front, wherever it was. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
