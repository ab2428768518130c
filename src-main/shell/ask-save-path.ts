import { join } from 'node:path'
import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'

/**
 * Asks the analyst where to save a file of this name; undefined when they think better of it, or once the signal ends the wait. The
 * dialog itself asks before it overwrites.
 */
export async function askSavePath(
  window: BrowserWindow | undefined,
  { name, signal }: { name: string; signal: AbortSignal },
): Promise<string | undefined> {
  const options = { title: 'Save the file', defaultPath: join(app.getPath('downloads'), name) }
  const asked = window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options)
  const ended = Promise.withResolvers<{ canceled: true; filePath: '' }>()
  signal.addEventListener('abort', () => ended.resolve({ canceled: true, filePath: '' }), { once: true })
  const { canceled, filePath } = await Promise.race([asked, ended.promise])
  return canceled || filePath === '' ? undefined : filePath
}
