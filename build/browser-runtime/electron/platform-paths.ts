import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Electron's `app.getPath` for the names Forager asks for. */
export function platformPaths(appName: string, userData: string | undefined): Record<string, string> {
  const home = homedir()
  const appData = appDataFolder(home)
  const own = userData ?? join(appData, appName)
  return {
    ...{ home, appData, userData: own, sessionData: own, temp: tmpdir(), logs: join(own, 'logs') },
    downloads: downloadsFolder(home),
  }
}

/** Where browsers save; freedesktop's own answer where the session names one. */
const downloadsFolder = (home: string): string => process.env['XDG_DOWNLOAD_DIR'] || join(home, 'Downloads')

function appDataFolder(home: string): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support')
  return process.env['XDG_CONFIG_HOME'] || join(home, '.config')
}
