import { ipcRenderer, webUtils } from 'electron'
import { callChannel, eventChannel } from '#shared/contract/envelope.ts'
import type { Reply } from '#shared/contract/envelope.ts'
import type { BridgeHost } from './create-bridge.ts'

/** The one place that touches `ipcRenderer`: two channels, and the event object never passes. */
export const electronHost: BridgeHost<File> = {
  invoke: (request) => ipcRenderer.invoke(callChannel, request) as Promise<Reply>,
  listen: (listener) => {
    ipcRenderer.on(eventChannel, (_event, message: unknown) => listener(message))
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
}
