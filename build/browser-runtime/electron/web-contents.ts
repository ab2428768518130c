import { EventEmitter } from 'node:events'
import { only } from './by-name.ts'
import { emitCancellable } from './cancellable.ts'

export type WebContentsStandIn = ReturnType<typeof createWebContents>

/** Electron's WebContents. What it sends goes to every connected page: a reloaded page is a new connection. */
export function createWebContents(id: number, broadcast: (channel: string, args: unknown[]) => void) {
  const emitter = new EventEmitter()
  const mainFrame = {
    url: '',
    get origin() {
      return URL.parse(this.url)?.origin ?? 'null'
    },
  }
  let destroyed = false
  const contents = Object.assign(emitter, {
    id,
    mainFrame,
    isDestroyed: () => destroyed,
    getURL: () => mainFrame.url,
    send: (channel: string, ...args: unknown[]) => broadcast(channel, args),
    /** New windows never open here at all: the page's policy is sandboxed without popups. */
    setWindowOpenHandler: () => {},
  })
  return {
    contents: only('WebContents', contents),
    setUrl: (url: string) => {
      mainFrame.url = url
    },
    /** Asks the app whether its page may go there. */
    mayNavigate: (url: string) => {
      const facts = { url, isMainFrame: true, isSameDocument: false }
      const prevented = emitCancellable(emitter, 'will-frame-navigate', facts)
      return !emitCancellable(emitter, 'will-navigate', facts) && !prevented
    },
    destroy: () => {
      destroyed = true
      emitter.emit('destroyed')
    },
  }
}
