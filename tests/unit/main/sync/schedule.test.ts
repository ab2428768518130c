import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { longestPauseMs } from '#main/sync/reconnect.ts'
import { Schedule } from '#main/sync/schedule.ts'
import type { PaceSettings } from '#main/sync/pace.ts'

const start = 1_000_000_000
const usual: PaceSettings = { pace: 'automatic', metered: false }
const error = (kind: ErrorKind, retryAfterMs?: number) =>
  new ForagerError(kind, 'no', retryAfterMs === undefined ? {} : { details: { retryAfterMs } })
const idle: { connected: boolean; sendAt: number | undefined } = { connected: true, sendAt: undefined }

/** One that has just pulled. */
function pulled(settings = usual, now = start): Schedule {
  const schedule = new Schedule(settings)
  schedule.began(now)
  schedule.succeeded(now)
  return schedule
}

/** Walks a virtual clock to the next turn that does something; undefined after `most` ms. */
function nextTurn(schedule: Schedule, from: number, { most = 3_600_000, due = idle } = {}) {
  for (let now = from; now <= from + most; now += Math.ceil(schedule.rest(now, due)))
    if (schedule.turn(now, due) !== 'rest') return { after: now - from, turn: schedule.turn(now, due) }
  return undefined
}

describe('when changes are asked for', () => {
  it.each([
    ['somebody looks', { visible: true, onBattery: false }, 20_000],
    ['nobody looks', { visible: false, onBattery: false }, 60_000],
    ['the machine runs on its battery', { visible: true, onBattery: true }, 120_000],
  ])('%s', (_, presence, ms) => {
    const schedule = pulled()
    schedule.presence = presence
    expect(nextTurn(schedule, start)).toEqual({ after: ms, turn: 'pull' })
  })

  it('as often as ever, whatever the machine does, when the analyst wants it steady', () => {
    const schedule = pulled({ pace: 'steady', metered: false })
    schedule.presence = { visible: false, onBattery: true }
    expect(nextTurn(schedule, start)).toEqual({ after: 20_000, turn: 'pull' })
  })

  it('at once when the window is looked at again after a longer rest', () => {
    const schedule = pulled()
    schedule.presence = { visible: false, onBattery: false }
    expect(schedule.turn(start + 30_000, idle)).toBe('rest')
    schedule.presence = { visible: true, onBattery: false }
    expect(schedule.turn(start + 30_000, idle)).toBe('pull')
  })

  it('before a decision is sent, when its time comes', () => {
    expect(nextTurn(pulled(), start, { due: { connected: true, sendAt: start + 7_000 } })).toEqual({
      after: 7_000,
      turn: 'pull',
    })
  })

  it('at once when the analyst asks, also while the server wants a pause', () => {
    const schedule = pulled()
    schedule.failed(error('rate-limited', 600_000), start, 0)
    expect(schedule.turn(start + 1, idle)).toBe('rest')
    schedule.ask()
    expect(schedule.turn(start + 1, idle)).toBe('pull')
  })

  it('soon, though the clock was set back by a day', () => {
    const schedule = pulled()
    expect(nextTurn(schedule, start - 86_400_000)).toEqual({ after: 0, turn: 'pull' })
    schedule.failed(error('rate-limited', 600_000), start, 0)
    expect(schedule.turn(start - 86_400_000, idle)).toBe('pull')
  })
})

describe('what the server tells', () => {
  const told = (schedule = pulled(), from = start) => {
    schedule.news()
    return nextTurn(schedule, from)?.after
  }

  it('brings the next pull forward, on a battery less so', () => {
    expect(told()).toBe(5_000)
    const onBattery = pulled()
    onBattery.presence = { visible: true, onBattery: true }
    expect(told(onBattery)).toBe(30_000)
  })

  it('counts for one pull', () => {
    const schedule = pulled()
    schedule.news()
    schedule.began(start + 5_000)
    schedule.succeeded(start)
    expect(nextTurn(schedule, start + 5_000)?.after).toBe(20_000)
  })

  it('counts less each time nothing comes of it, and fully again once something came; a quiet night costs it nothing', () => {
    const schedule = pulled()
    const afterVain = (news: boolean) => {
      if (news) schedule.news()
      schedule.began(start)
      schedule.brought(false)
      schedule.succeeded(start)
      return told(schedule)
    }
    expect(afterVain(false)).toBe(5_000)
    expect([1, 2, 3, 4].map(() => afterVain(true))).toEqual([10_000, 20_000, 20_000, 20_000])
    schedule.brought(true)
    expect(told(schedule)).toBe(5_000)
  })

  it('changes nothing where nobody looks or the line is metered, and ends no pause', () => {
    const hidden = pulled()
    hidden.presence = { visible: false, onBattery: false }
    expect(told(hidden)).toBe(60_000)
    expect(told(pulled({ pace: 'steady', metered: true }))).toBeUndefined()
    const paused = pulled()
    const next = paused.failed(error('offline'), start, 0.9)
    expect(told(paused)).toBe(next - start)
  })
})

describe('on a metered line', () => {
  const metered: PaceSettings = { pace: 'steady', metered: true }

  it('nothing is fetched unless it is asked for: connecting is all that happens at the start', () => {
    const schedule = new Schedule(metered)
    expect(schedule.turn(start, { connected: false, sendAt: undefined })).toBe('connect')
    expect(nextTurn(schedule, start)).toBeUndefined()
    schedule.hint()
    expect(nextTurn(schedule, start)).toBeUndefined()
    schedule.ask()
    expect(schedule.turn(start, idle)).toBe('pull')
  })

  it('changes come along when something is sent', () => {
    const due = { connected: true, sendAt: start + 10_000 }
    expect(nextTurn(pulled(metered), start, { due })).toEqual({ after: 10_000, turn: 'pull' })
  })

  it('what was asked for stays asked for after a failure, and nothing else does', () => {
    const asked = new Schedule(metered)
    asked.ask()
    asked.began(start)
    const again = asked.failed(error('offline'), start, 0.5)
    expect(asked.turn(again, idle)).toBe('pull')
    const quiet = pulled(metered)
    expect(quiet.turn(quiet.failed(error('offline'), start, 0.5), idle)).toBe('rest')
  })
})

describe('after a failure', () => {
  it('the next try comes by itself, at a random moment below a bound that doubles up to 30 s', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 20 }), (randoms) => {
        const schedule = pulled()
        let now = start
        randoms.forEach((random, index) => {
          const next = schedule.failed(error('offline'), now, random)
          expect(next - now).toBeGreaterThanOrEqual(250)
          expect(next - now).toBeLessThanOrEqual(Math.min(30_000, 1_000 * 2 ** index))
          expect(nextTurn(schedule, now)).toEqual({ after: next - now, turn: 'pull' })
          now = next
        })
      }),
    )
  })

  it('a hint that the network is back ends the wait, but not a pause the server asked for nor a refusal', () => {
    const after = (failure: ForagerError) => {
      const schedule = pulled()
      schedule.failed(failure, start, 0.9)
      schedule.hint()
      return nextTurn(schedule, start)?.after
    }
    expect(after(error('offline'))).toBe(0)
    expect(after(error('rate-limited', 90_000))).toBe(90_000)
    expect(after(error('server-error', 40_000))).toBe(40_000)
    expect(after(error('rate-limited'))).toBe(10_000)
    expect(after(error('unauthorised'))).toBe(300_000)
  })

  it('a server may ask for a day: it is asked again after a quarter of an hour', () => {
    const schedule = pulled()
    expect(schedule.failed(error('rate-limited', 86_400_000), start, 0)).toBe(start + longestPauseMs)
  })

  it('a pause that was asked for while a round was under way is kept when the round succeeds', () => {
    const schedule = pulled()
    schedule.began(start)
    schedule.failed(error('rate-limited', 45_000), start, 0)
    schedule.succeeded(start + 1_000)
    expect(schedule.isPaused(start + 1_000)).toBe(true)
    expect(nextTurn(schedule, start + 1_000)).toEqual({ after: 44_000, turn: 'pull' })
  })

  it('a pause that was asked for is not cut short by what fails meanwhile', () => {
    const schedule = pulled()
    schedule.failed(error('rate-limited', 45_000), start, 0)
    expect(schedule.failed(error('server-error'), start + 1_000, 0)).toBe(start + 45_000)
    expect(schedule.turn(start + 44_000, { connected: false, sendAt: start })).toBe('rest')
  })

  it('success makes the next failure the first one again', () => {
    const schedule = pulled()
    for (let count = 0; count < 9; count += 1) schedule.failed(error('offline'), start, 0.99)
    schedule.succeeded(start)
    expect(schedule.failed(error('offline'), start, 0.99)).toBeLessThanOrEqual(start + 1_000)
  })
})
