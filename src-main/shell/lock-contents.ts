import { app } from 'electron'
import type { Event, WebContents } from 'electron'
import type { Logger } from '../platform/logger.ts'
import { isAppUrl } from './app-origin.ts'

/**
 * Locks every web contents there will ever be, at birth: no navigation away from the app, no new windows, no webviews.
 * Each refusal is logged by its origin alone: the rest of an address can hold anything.
 */
export function lockAllContents(log: Logger): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log))
}

function lockContents(contents: WebContents, log: Logger): void {
  const refuse = (what: string, address: string) =>
    log.warn('Refused what the page tried', { what, origin: URL.parse(address)?.origin ?? 'unreadable' })
  const onlyApp = (what: string) => (event: Event<{ url: string }>) => {
    if (isAppUrl(event.url)) return
    event.preventDefault()
    refuse(what, event.url)
  }
  contents.on('will-navigate', onlyApp('navigation'))
  contents.on('will-frame-navigate', onlyApp('frame navigation'))
  contents.on('will-redirect', onlyApp('redirect'))
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    refuse('webview', '')
  })
  contents.setWindowOpenHandler(({ url }) => {
    refuse('new window', url)
    return { action: 'deny' }
  })
}
