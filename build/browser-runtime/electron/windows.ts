import { EventEmitter } from 'node:events'
import { only } from './by-name.ts'
import { emitCancellable } from './cancellable.ts'
import { createWebContents } from './web-contents.ts'
import type { WebContentsStandIn } from './web-contents.ts'

export type WindowNeeds = {
  broadcast: (channel: string, args: unknown[]) => void
  onContents: (contents: object) => void
  /** A window wants to be seen, showing this address, with this preload. */
  onShow: (shown: { url: string; preload: string }) => void
  onLastClosed: () => void
}

type Options = { webPreferences?: { preload?: string } }
type OpenWindow = { page: WebContentsStandIn; preload: string; close: () => void }

/** Electron's BrowserWindow for the one window Forager has. */
export function createWindows(needs: WindowNeeds) {
  const open = new Set<OpenWindow>()
  let nextId = 1

  class BrowserWindow extends EventEmitter {
    readonly webContents: object

    constructor(options: Options = {}) {
      super()
      if (open.size > 0) throw new Error("Forager's browser runtime has one window only")
      const page = createWebContents(nextId++, needs.broadcast)
      const entry: OpenWindow = {
        page,
        preload: options.webPreferences?.preload ?? '',
        close: () => {
          open.delete(entry)
          page.destroy()
          this.emit('closed')
        },
      }
      open.add(entry)
      this.webContents = page.contents
      Object.assign(this, methodsOf(this, entry, needs))
      needs.onContents(page.contents)
      return only('BrowserWindow', this)
    }
  }

  const closeAll = () => {
    for (const entry of [...open]) entry.close()
  }
  return {
    BrowserWindow: only('BrowserWindow', BrowserWindow),
    /** The one window's page, while it is open. */
    page: () => [...open][0]?.page,
    destroyAll: closeAll,
    /** What the user does with the window's cross. */
    userClosed: () => {
      if (open.size === 0) return
      closeAll()
      needs.onLastClosed()
    },
  }
}

function methodsOf(window: EventEmitter, entry: OpenWindow, needs: WindowNeeds): Record<string, unknown> {
  const url = () => entry.page.contents.getURL()
  return {
    loadURL: async (address: string) => {
      entry.page.setUrl(address)
      setImmediate(() => window.emit('ready-to-show'))
    },
    show: () => needs.onShow({ url: url(), preload: entry.preload }),
    focus: () => {},
    isMinimized: () => false,
    restore: () => {},
    isDestroyed: () => entry.page.contents.isDestroyed(),
    setTitle: () => {},
    close: () => {
      if (!emitCancellable(window, 'close')) entry.close()
    },
    destroy: () => entry.close(),
  }
}
