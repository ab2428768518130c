import { join } from 'node:path'
import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'

/** Asks the analyst where to save a file; undefined when they think better of it. The dialog itself asks before it overwrites. */
export async function askSavePath(
  window: BrowserWindow | undefined,
  name: string,
): Promise<string | undefined> {
  const options = { title: 'Save the file', defaultPath: join(app.getPath('downloads'), name) }
  const { canceled, filePath } = await (window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return canceled || filePath === '' ? undefined : filePath
}
