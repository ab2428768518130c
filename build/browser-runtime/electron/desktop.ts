import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { only } from './by-name.ts'
import { showSaveDialog } from './save-dialog.ts'

/** The small parts of the desktop: menu, outside links, colours. The page follows the browser's own colour scheme. */
export function createDesktop() {
  const Menu = only('Menu', {
    buildFromTemplate: (template: unknown[]) => ({ items: template }),
    setApplicationMenu: () => {},
  })
  const shell = only('shell', { openExternal })
  const nativeTheme = only(
    'nativeTheme',
    Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false }),
  )
  // There may be no window to show it in: whoever started Forager from a terminal reads it there.
  const dialog = only('dialog', {
    showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}\n\n${content}\n`),
    showSaveDialog,
  })
  return { Menu, shell, nativeTheme, dialog }
}

function openExternal(url: string): Promise<void> {
  const [command, args] = openerOf(url)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

function openerOf(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]]
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}
