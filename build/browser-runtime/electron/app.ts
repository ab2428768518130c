import { EventEmitter } from 'node:events'
import type { AppManifest } from '../options.ts'
import { only } from './by-name.ts'
import { emitCancellable } from './cancellable.ts'
import type { InstanceLock } from './instance-lock.ts'

export type AppNeeds = {
  manifest: AppManifest
  root: string
  paths: Record<string, string>
  lock: InstanceLock
  /** Closes every window without asking. */
  destroyWindows: () => void
  /** Cleans up and ends the process; `again` starts another in its place. */
  end: (code: number, again: boolean) => void
}

/** Electron's `app`, as far as Forager uses it. `start` makes it ready. */
export function createApp(needs: AppNeeds) {
  const emitter = new EventEmitter()
  const ready = Promise.withResolvers<void>()
  let isReady = false
  let ended = false
  let again = false

  const exit = (code = 0) => {
    if (ended) return
    ended = true
    needs.destroyWindows()
    emitter.emit('quit', {}, code)
    needs.lock.release()
    needs.end(code, again)
  }
  const quit = () => {
    if (ended || emitCancellable(emitter, 'before-quit')) return
    if (!emitCancellable(emitter, 'will-quit')) exit(0)
  }
  const app = Object.assign(emitter, {
    name: needs.manifest.name,
    isPackaged: false,
    enableSandbox: () => {},
    requestSingleInstanceLock: () =>
      needs.lock.acquire(() => emitter.emit('second-instance', {}, process.argv, process.cwd(), undefined)),
    releaseSingleInstanceLock: () => needs.lock.release(),
    whenReady: () => ready.promise,
    isReady: () => isReady,
    getName: () => needs.manifest.name,
    getVersion: () => needs.manifest.version,
    getAppPath: () => needs.root,
    getLocale: () => Intl.DateTimeFormat().resolvedOptions().locale,
    getPath: (name: string) => {
      const path = needs.paths[name]
      if (path === undefined)
        throw new Error(`Forager's browser runtime has no electron.app.getPath('${name}')`)
      return path
    },
    quit,
    exit,
    relaunch: () => {
      again = true
    },
  })
  const start = () => {
    isReady = true
    ready.resolve()
    emitter.emit('ready', {}, {})
  }
  return { app: only('app', app), start }
}
