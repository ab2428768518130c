import { ipcMain } from 'electron'
import type { IpcMainInvokeEvent } from 'electron'

/** What is known about who sent a message, reduced to what the check needs. */
export type Sender = {
  contentsId: number
  /** Only the top frame of a window may speak. A frame that is gone is nobody. */
  isMainFrame: boolean
  url: string
}

/** The one place that touches `ipcMain`. Use registerCalls instead: it checks the sender and parses. */
export function answerChannel(
  channel: string,
  answer: (sender: Sender, message: unknown) => Promise<unknown>,
): () => void {
  ipcMain.handle(channel, (event, message: unknown) => answer(describeSender(event), message))
  return () => ipcMain.removeHandler(channel)
}

function describeSender({ sender, senderFrame }: IpcMainInvokeEvent): Sender {
  return {
    contentsId: sender.id,
    isMainFrame: senderFrame !== null && senderFrame === sender.mainFrame,
    url: senderFrame?.url ?? '',
  }
}
