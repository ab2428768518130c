import { Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

/** The menu's roles alone: editing, zoom, window, quit. Reload and developer tools only where they help developing. */
export function installMenu({ mac, devTools }: { mac: boolean; devTools: boolean }): void {
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' as const }] : [{ label: 'File', submenu: [{ role: 'quit' as const }] }]),
    { role: 'editMenu' },
    { label: 'View', submenu: viewItems(devTools) },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function viewItems(devTools: boolean): MenuItemConstructorOptions[] {
  const zoom: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }]
  if (!devTools) return zoom
  return [...zoom, { type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
}
