import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply } from '#shared/contract/envelope.ts'
import type { VaultService } from '#main/vault/vault-service.ts'

const fakes = vi.hoisted(() => ({
  electron: {} as Record<string, unknown>,
  looked: undefined as Promise<unknown> | undefined,
}))
vi.mock('electron', () => {
  const names = ['app', 'BrowserWindow', 'dialog', 'ipcMain', 'Menu', 'powerMonitor', 'protocol', 'session']
  return Object.defineProperties(
    {},
    Object.fromEntries(names.map((name) => [name, { enumerable: true, get: () => fakes.electron[name] }])),
  )
})
vi.mock('#main/vault/vault-service.ts', () => ({ createVaultService: () => fakes.looked }))
vi.mock('#main/shell/built-files.ts', () => ({ listBuiltFiles: () => new Map() }))
vi.mock('#main/app/core-client.ts', () => ({
  startCore: () => ({ current: () => Promise.resolve(null), power: () => Promise.resolve(), handlers: {} }),
}))

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-start-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Electron, ready at once; `opened` are its windows, `ask` is its page. */
function fakeElectron() {
  const opened: BrowserWindow[] = []
  const shown = Promise.withResolvers<{ title: string; content: string; exit: number }>()
  const errors: { title: string; content: string }[] = []
  const mainFrame = { url: 'app://forager/index.html' }
  let answer: (event: object, message: unknown) => Promise<Reply>
  class BrowserWindow extends EventEmitter {
    webContents = Object.assign(new EventEmitter(), { id: 1 })
    constructor() {
      super()
      opened.push(this)
    }
    loads = 0
    isDestroyed = () => false
    loadURL = () => Promise.resolve(void this.loads++)
  }
  fakes.electron = {
    app: Object.assign(new EventEmitter(), {
      ...{ isPackaged: true, enableSandbox: () => undefined, requestSingleInstanceLock: () => true },
      ...{ getPath: () => folder, getVersion: () => '1.0.0', whenReady: () => Promise.resolve() },
      exit: (exit: number) => shown.resolve({ ...errors[0]!, exit }),
    }),
    BrowserWindow,
    dialog: { showErrorBox: (title: string, content: string) => errors.push({ title, content }) },
    ipcMain: { handle: (_channel: string, listener: typeof answer) => (answer = listener) },
    Menu: { buildFromTemplate: () => ({}), setApplicationMenu: () => undefined },
    powerMonitor: Object.assign(new EventEmitter(), { isOnBatteryPower: () => false }),
    protocol: { registerSchemesAsPrivileged: () => undefined },
    session: {
      defaultSession: new Proxy({ protocol: { handle: () => undefined } } as Record<string, unknown>, {
        get: (target, name) => target[String(name)] ?? (() => undefined),
      }),
    },
  }
  const ask = (name: string) =>
    answer({ sender: { id: 1, mainFrame }, senderFrame: mainFrame }, { v: 1, name, input: {} })
  return { opened, failed: shown.promise, ask }
}

async function startWith(looked: Promise<unknown>) {
  fakes.looked = looked
  const electron = fakeElectron()
  vi.resetModules()
  await import('#main/app/index.ts')
  await vi.waitFor(() => expect(electron.opened).toHaveLength(1))
  return electron
}

describe(`Forager's window`, () => {
  it('is there while the keychain still waits for its password, and what needs no secret is answered', async () => {
    const looked = Promise.withResolvers<Pick<VaultService, 'status'>>()
    const { ask } = await startWith(looked.promise)
    expect(await ask('profiles.current')).toEqual({ ok: true, value: null })
    expect(await ask('profiles.list')).toEqual({ ok: true, value: [] })
    const status = { state: 'keychain' as const, howTo: [], passphraseSet: false }
    const asked = ask('vault.status')
    looked.resolve({ status: () => status })
    expect(await asked).toEqual({ ok: true, value: status })
  })

  it('loads its page again when that is gone', async () => {
    const { opened } = await startWith(new Promise(() => undefined))
    const [window] = opened
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
    await vi.waitFor(() => expect(window?.loads).toBe(2))
  })

  it('goes with a start that fails, and the reason is told', async () => {
    const looked = Promise.withResolvers<never>()
    const { failed } = await startWith(looked.promise)
    looked.reject(new Error('no notes'))
    expect(await failed).toMatchObject({ title: 'Forager could not start', exit: 1 })
  })
})
