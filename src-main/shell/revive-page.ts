import { app, dialog } from 'electron'
import type { BrowserWindow, MessageBoxOptions } from 'electron'
import type { Logger } from '../platform/logger.ts'
import { appStartUrl } from './app-origin.ts'

/** A page that is gone again so soon would be brought back for ever, ms. */
const soonMs = 60_000

const safe = 'Your decisions are safe: they were stored before they were shown.'
const goneAgain: MessageBoxOptions = {
  ...{ type: 'error', message: 'The window of Forager stopped working twice within a minute.' },
  detail: safe,
  ...{ buttons: ['Reload', 'Quit'], defaultId: 0, cancelId: 0, noLink: true },
}
const doesNotAnswer: MessageBoxOptions = {
  ...{ type: 'warning', message: 'The window of Forager does not answer.' },
  detail: `${safe} What was typed within the last second may go when it is loaded again.`,
  ...{ buttons: ['Wait', 'Reload'], defaultId: 0, cancelId: 0, noLink: true },
}

/**
 * Brings the page back when its process is gone: what it shows is in the core, which goes on. One that is gone again within a
 * minute, or does not answer, is asked about.
 */
export function revivePage(window: BrowserWindow, log: Logger): void {
  let goneAt = -Infinity
  const revive = async (soon: boolean) => {
    if (window.isDestroyed()) return
    if (soon && (await dialog.showMessageBox(window, goneAgain)).response === 1) return app.quit()
    if (!window.isDestroyed()) void window.loadURL(appStartUrl)
  }
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error('The page is gone', { reason, exitCode })
    const soon = performance.now() - goneAt < soonMs
    goneAt = performance.now()
    // Electron is still clearing up behind it.
    setImmediate(() => void revive(soon))
  })
  watchForSilence(window, log, () => {
    // On the analyst's word: no second question.
    goneAt = -Infinity
    window.webContents.forcefullyCrashRenderer()
  })
}

/** Asks once while the page does not answer; the question goes when it does. */
function watchForSilence(window: BrowserWindow, log: Logger, endPage: () => void): void {
  let asking: AbortController | undefined
  const ask = async ({ signal }: AbortController) => {
    const { response } = await dialog.showMessageBox(window, { ...doesNotAnswer, signal })
    asking = undefined
    if (response === 1 && !window.isDestroyed()) endPage()
  }
  window.on('unresponsive', () => {
    log.warn('The page does not answer')
    if (asking === undefined) void ask((asking = new AbortController()))
  })
  window.on('responsive', () => asking?.abort())
}
