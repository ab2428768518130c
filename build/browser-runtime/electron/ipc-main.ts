import { only } from './by-name.ts'

type Listener = (event: object, ...args: unknown[]) => unknown

/** Electron's ipcMain: one listener a channel, asked over the page's socket. */
export function createIpcMain() {
  const handlers = new Map<string, Listener>()
  const ipcMain = only('ipcMain', {
    handle: (channel: string, listener: Listener) => {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
      handlers.set(channel, listener)
    },
    removeHandler: (channel: string) => void handlers.delete(channel),
  })
  const invoke = async (channel: string, event: object, args: unknown[]): Promise<unknown> => {
    const listener = handlers.get(channel)
    if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
    return await listener(event, ...args)
  }
  return { ipcMain, invoke }
}
