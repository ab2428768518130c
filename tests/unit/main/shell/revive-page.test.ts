import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '#main/platform/logger.ts'
import { revivePage } from '#main/shell/revive-page.ts'

type Asked = { message: string; buttons: string[]; signal?: AbortSignal }
const electron = vi.hoisted(() => ({
  asked: [] as Asked[],
  answer: 0,
  quits: 0,
}))
vi.mock('electron', () => ({
  app: { quit: () => electron.quits++ },
  dialog: {
    showMessageBox: (_window: unknown, options: Asked) => {
      electron.asked.push(options)
      if (options.signal === undefined) return Promise.resolve({ response: electron.answer })
      return new Promise((resolve) => {
        const answer = () => resolve({ response: electron.answer })
        if (electron.answer === 1) answer()
        // As if it was cancelled.
        options.signal?.addEventListener('abort', answer)
      })
    },
  },
}))

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(electron, { asked: [], answer: 0, quits: 0 })
})
afterEach(() => void vi.useRealTimers())

function openWindow() {
  const loaded: string[] = []
  const lines: string[] = []
  let closed = false
  const gone = async (reason: string) => {
    webContents.emit('render-process-gone', {}, { reason, exitCode: 5 })
    await vi.advanceTimersByTimeAsync(1)
  }
  const ended: string[] = []
  const webContents = Object.assign(new EventEmitter(), {
    forcefullyCrashRenderer: () => {
      ended.push('killed')
      void gone('killed')
    },
  })
  const window = Object.assign(new EventEmitter(), {
    webContents,
    isDestroyed: () => closed,
    loadURL: (url: string) => Promise.resolve(void loaded.push(url)),
  })
  const log = createLogger({ write: (line) => lines.push(line) })
  revivePage(window as unknown as BrowserWindow, log)
  return { window, gone, loaded, lines, ended, close: () => (closed = true) }
}

const page = 'app://forager/index.html'

describe('a page whose process is gone', () => {
  it.each(['crashed', 'oom', 'killed', 'launch-failed'])(
    'is loaded again after %s, and the reason is in the log',
    async (reason) => {
      const { gone, loaded, lines } = openWindow()
      await gone(reason)
      expect(loaded).toEqual([page])
      expect(electron.asked).toEqual([])
      expect(lines.join()).toContain(`"reason":"${reason}"`)
    },
  )

  it('is left alone where it ended as it should, or its window with it', async () => {
    const { gone, loaded, close } = openWindow()
    await gone('clean-exit')
    close()
    await gone('crashed')
    expect(loaded).toEqual([])
  })

  it('is asked about the second time within a minute: it is loaded again on the analyst’s word', async () => {
    const { gone, loaded } = openWindow()
    await gone('crashed')
    await gone('crashed')
    expect(electron.asked.map((one) => one.buttons)).toEqual([['Reload', 'Quit']])
    expect(loaded).toEqual([page, page])
  })

  it('or Forager quits', async () => {
    const { gone, loaded } = openWindow()
    await gone('crashed')
    electron.answer = 1
    await gone('crashed')
    expect([loaded.length, electron.quits]).toEqual([1, 1])
  })

  it('is loaded again unasked when the last time was longer ago', async () => {
    const { gone, loaded } = openWindow()
    await gone('crashed')
    await vi.advanceTimersByTimeAsync(60_000)
    await gone('crashed')
    expect(electron.asked).toEqual([])
    expect(loaded).toHaveLength(2)
  })
})

describe('a page that does not answer', () => {
  it('is asked about once, and the question goes when it answers again', async () => {
    const { window, ended } = openWindow()
    window.emit('unresponsive')
    window.emit('unresponsive')
    expect(electron.asked.map((one) => one.buttons)).toEqual([['Wait', 'Reload']])
    window.emit('responsive')
    expect(electron.asked[0]?.signal?.aborted).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toEqual([])
    window.emit('unresponsive')
    expect(electron.asked).toHaveLength(2)
  })

  it('is ended and loaded again on the analyst’s word, also soon after another time', async () => {
    const { window, gone, ended, loaded } = openWindow()
    await gone('crashed')
    electron.answer = 1
    window.emit('unresponsive')
    await vi.advanceTimersByTimeAsync(2)
    expect(ended).toEqual(['killed'])
    expect(loaded).toEqual([page, page])
    expect([electron.asked.length, electron.quits]).toEqual([1, 0])
  })
})
