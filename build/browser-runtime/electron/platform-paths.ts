import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Electron's `app.getPath` for the names a desktop app without native dialogs needs. */
export function platformPaths(appName: string, userData: string | undefined): Record<string, string> {
  const home = homedir()
  const appData = appDataFolder(home)
  const own = userData ?? join(appData, appName)
  return { home, appData, userData: own, sessionData: own, temp: tmpdir(), logs: join(own, 'logs') }
}

function appDataFolder(home: string): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support')
  return process.env['XDG_CONFIG_HOME'] || join(home, '.config')
}
