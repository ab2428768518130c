import { EventEmitter } from 'node:events'
import type { Session } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { createLogger } from '#main/platform/logger.ts'
import { denyPermissions } from '#main/shell/deny-permissions.ts'
import { lockAllContents } from '#main/shell/lock-contents.ts'

const electron = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
}))

function lockedContents() {
  const app = new EventEmitter()
  electron.app = app
  const lines: string[] = []
  lockAllContents(createLogger({ write: (line) => lines.push(line) }))
  let opener: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof opener) => {
      opener = handler
    },
  })
  app.emit('web-contents-created', {}, contents)
  const tries = (event: string, url: string) => {
    let prevented = false
    contents.emit(event, { url, preventDefault: () => (prevented = true) })
    return prevented
  }
  return { tries, open: (url: string) => opener({ url }).action, lines }
}

const away = [
  ...[
    'https://example.org/',
    'http://192.0.2.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
  ],
  ...[
    'app://forager.example.org/',
    'app://forager@example.org/',
    'about:blank',
    'blob:https://example.org/1',
    'nonsense',
  ],
]

describe('every web contents', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'refuses %s away from the app',
    (event) => {
      const { tries } = lockedContents()
      expect(away.filter((url) => !tries(event, url))).toEqual([])
    },
  )

  it('may move within the app', () => {
    const { tries } = lockedContents()
    expect(tries('will-navigate', 'app://forager/index.html#/queue')).toBe(false)
  })

  it('refuses webviews and new windows, whatever they would show', () => {
    const { tries, open } = lockedContents()
    expect(tries('will-attach-webview', 'app://forager/index.html')).toBe(true)
    for (const url of [...away, 'app://forager/index.html']) expect(open(url)).toBe('deny')
  })

  it('logs where to, and not with what', () => {
    const { tries, lines } = lockedContents()
    tries('will-navigate', 'https://example.org/path?with=evidence')
    expect(lines.join()).toContain('https://example.org')
    expect(lines.join()).not.toContain('evidence')
  })
})

describe('every permission', () => {
  it('is denied when asked, checked, for devices and for the screen', () => {
    const handlers: Record<string, (...args: never[]) => unknown> = {}
    const record = (name: string) => (handler: (...args: never[]) => unknown) => (handlers[name] = handler)
    denyPermissions({
      setPermissionRequestHandler: record('request'),
      setPermissionCheckHandler: record('check'),
      setDevicePermissionHandler: record('device'),
      setDisplayMediaRequestHandler: record('display'),
    } as unknown as Session)
    const call = (name: string, ...args: unknown[]) => handlers[name]?.(...(args as never[]))
    const answers: unknown[] = []
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'hid',
    ])
      call('request', undefined, permission, (answer: unknown) => answers.push(answer))
    expect(answers).toEqual(Array(6).fill(false))
    expect(call('check')).toBe(false)
    expect(call('device')).toBe(false)
    call('display', {}, (answer: unknown) => answers.push(answer))
    expect(answers.at(-1)).toEqual({})
  })
})
