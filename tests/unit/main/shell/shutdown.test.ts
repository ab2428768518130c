import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '#main/platform/logger.ts'
import { quitInOrder, runSteps } from '#main/shell/shutdown.ts'
import type { ShutdownStep } from '#main/shell/shutdown.ts'

const electron = vi.hoisted(() => ({ app: undefined as unknown, powerMonitor: undefined as unknown }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
  get powerMonitor() {
    return electron.powerMonitor
  },
}))

let app: EventEmitter & { exit: (code: number) => void; relaunch: () => void }
let powerMonitor: EventEmitter
let relaunches: number
let exited: Promise<number>
let lines: string[]
const log = createLogger({ write: (line) => lines.push(line) })

beforeEach(() => {
  lines = []
  const { promise, resolve } = Promise.withResolvers<number>()
  exited = promise
  relaunches = 0
  app = Object.assign(new EventEmitter(), { exit: resolve, relaunch: () => void relaunches++ })
  electron.app = app
  powerMonitor = new EventEmitter()
  electron.powerMonitor = powerMonitor
})

const step = (name: string, run: ShutdownStep['run'], timeoutMs = 1_000): ShutdownStep => ({
  name,
  run,
  timeoutMs,
})

describe('quitting', () => {
  it('holds the quit back, runs the steps in order, then leaves with 0', async () => {
    const order: string[] = []
    const slow = async () => {
      await Promise.resolve()
      order.push('one')
    }
    quitInOrder([step('one', slow), step('two', () => void order.push('two'))], log)
    let prevented = 0
    app.emit('before-quit', { preventDefault: () => prevented++ })
    expect(prevented).toBe(1)
    expect(await exited).toBe(0)
    expect(order).toEqual(['one', 'two'])
  })

  it('runs the steps once, however often it is asked', async () => {
    let runs = 0
    quitInOrder([step('count', () => void runs++)], log)
    for (let times = 0; times < 3; times++) app.emit('before-quit', { preventDefault: () => undefined })
    await exited
    expect(runs).toBe(1)
  })

  it('leaves with 1 when a step failed, after the other steps', async () => {
    const order: string[] = []
    const failing = () => {
      throw new Error('stuck')
    }
    quitInOrder([step('fails', failing), step('closes', () => void order.push('closed'))], log)
    app.emit('before-quit', { preventDefault: () => undefined })
    expect(await exited).toBe(1)
    expect(order).toEqual(['closed'])
    expect(lines.join()).toContain('stuck')
  })

  it('comes back, once, where it was started again meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    quitInOrder([step('waits', () => promise)], log)
    app.emit('before-quit', { preventDefault: () => undefined })
    app.emit('second-instance')
    app.emit('second-instance')
    expect(relaunches).toBe(0)
    resolve()
    expect(await exited).toBe(0)
    expect(relaunches).toBe(1)
  })

  it('stays away where that was before', async () => {
    quitInOrder([step('one', () => undefined)], log)
    app.emit('second-instance')
    app.emit('before-quit', { preventDefault: () => undefined })
    await exited
    expect(relaunches).toBe(0)
  })

  it('asks a machine that shuts down to wait, and hurries: what hangs is left, and the last step has its turn', async () => {
    vi.useFakeTimers()
    try {
      const order: string[] = []
      const never = () => new Promise<void>(() => undefined)
      const steps = [step('hangs', never, 10_000), step('hangs, too', never, 10_000)]
      quitInOrder([...steps, step('closes', () => void order.push('closed'), 10_000)], log)
      let prevented = 0
      powerMonitor.emit('shutdown', { preventDefault: () => prevented++ })
      expect(prevented).toBe(1)
      await vi.advanceTimersByTimeAsync(4_900)
      expect(await Promise.race([exited, 'still there'])).toBe(1)
      expect(order).toEqual(['closed'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('goes on after a step that hangs', async () => {
    const never = () => new Promise<void>(() => undefined)
    expect(await runSteps([step('hangs', never, 5)], log)).toBe(false)
    expect(lines.join()).toContain('hangs')
  })
})
