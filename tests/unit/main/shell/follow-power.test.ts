import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followPower } from '#main/shell/follow-power.ts'

const electron = vi.hoisted(() => ({ powerMonitor: undefined as unknown }))
vi.mock('electron', () => ({
  get powerMonitor() {
    return electron.powerMonitor
  },
}))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A machine on the mains, and what was heard of it. */
function machine() {
  const heard: (boolean | 'woke')[] = []
  let onBattery = false
  const events = Object.assign(new EventEmitter(), { isOnBatteryPower: () => onBattery })
  electron.powerMonitor = events
  const stop = followPower({
    power: (state) => heard.push(state.onBattery),
    woke: () => heard.push('woke'),
  })
  return { heard, events, stop, unplug: () => (onBattery = true), plugIn: () => (onBattery = false) }
}

const minute = () => vi.advanceTimersByTimeAsync(60_000)

describe('the power of the machine', () => {
  it('is told at once, and when it has changed although no event says so', async () => {
    const { heard, unplug, plugIn } = machine()
    expect(heard).toEqual([false])
    unplug()
    await minute()
    expect(heard).toEqual([false, true])
    plugIn()
    await minute()
    expect(heard).toEqual([false, true, false])
  })

  it('is told once where an event says so first', async () => {
    const { heard, events, unplug } = machine()
    unplug()
    events.emit('on-battery')
    await minute()
    await minute()
    expect(heard).toEqual([false, true])
  })

  it('is looked at when the machine wakes', () => {
    const { heard, events, unplug } = machine()
    unplug()
    events.emit('resume')
    expect(heard).toEqual([false, true, 'woke'])
  })

  it('is left alone once nobody listens', async () => {
    const { heard, unplug, stop } = machine()
    stop()
    unplug()
    await minute()
    expect(heard).toEqual([false])
    expect(vi.getTimerCount()).toBe(0)
  })
})
