import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { dueAtOnce } from '#main/domain/due-at-once.ts'
import { carriedBack, latestSeen } from '#main/sync/clock-steps.ts'
import { longestPauseMs } from '#main/sync/reconnect.ts'
import { overlapMs, serverNow, since } from '#main/sync/server-time.ts'
import { createClockGap } from '#main/thehive/clock-gap.ts'
import { anOperation } from '#tests/support/make.ts'

const day = 86_400_000
const noon = Date.parse('2026-03-04T12:00:00Z')
const timed = (now: number, ahead: number) => ({ now: () => now, server: { clockAhead: () => ahead } })

describe('the gap between two clocks', () => {
  it('is found to within the second a header names, whatever it is, and narrows with every answer', () => {
    const answers = fc.array(
      fc.record({ gap: fc.nat(5_000), took: fc.nat(900), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(fc.integer({ min: -2 * day, max: 2 * day }), answers, (ahead, all) => {
        const clock = createClockGap()
        let now = noon
        for (const { gap, took, share } of all) {
          now += gap
          const written = Math.floor((now + took * share + ahead) / 1_000) * 1_000
          clock.heard(new Date(written).toUTCString(), { sentAt: now, receivedAt: now + took })
          now += took
          expect(Math.abs(clock.ahead() - ahead)).toBeLessThanOrEqual(1_900)
        }
      }),
    )
  })

  it('is found anew when a clock is set', () => {
    const clock = createClockGap()
    const hear = (server: number, ours: number) =>
      clock.heard(new Date(server).toUTCString(), { sentAt: ours, receivedAt: ours + 50 })
    hear(noon, noon)
    expect(clock.ahead()).toBe(0)
    hear(noon + 5_000, noon + day)
    expect(clock.ahead()).toBeCloseTo(5_000 - day, -3)
  })

  it('is none when nothing readable was heard', () => {
    const clock = createClockGap()
    for (const header of [undefined, '', 'yesterday']) clock.heard(header, { sentAt: 0, receivedAt: 1 })
    expect(clock.ahead()).toBe(0)
  })
})

describe('stamps', () => {
  it('of the server are taken as they are, however wrong our clock is', () => {
    for (const wrong of [-day, 0, day])
      expect(since(noon - 5_000, timed(noon + wrong, -wrong))).toBe(noon - 5_000 - overlapMs)
  })

  it('from the future of a server whose clock was set back do not hide what is stamped now', () => {
    expect(since(noon + day, timed(noon, 0))).toBe(noon - overlapMs)
  })

  it('without a measured gap are ours', () => {
    expect(serverNow({ now: () => noon, server: {} })).toBe(noon)
  })
})

describe('a clock that was set back', () => {
  const waiting = (notBefore: number, state: 'held' | 'retry-at' | 'sent' = 'held') => ({
    ...anOperation('alert.read', { read: true }, { id: `op-${notBefore}` }),
    ...{ state, notBefore },
  })

  it('makes nobody wait longer than before', () => {
    const decided = { ...waiting(noon + 10_000), createdAt: noon }
    const failed = waiting(noon + 10_000, 'retry-at')
    for (const one of [decided, failed])
      expect(carriedBack([one], noon, noon - day)).toMatchObject([{ notBefore: noon - day + 10_000 }])
  })

  it('takes nothing off the wait of what was decided, or failed, after it and before that was noticed', () => {
    const now = noon - day
    const asked = { kind: 'rate-limited', message: '', details: { retryAfterMs: 45_000 } } as const
    const fresh: Operation[] = [
      { ...waiting(now + 10_000), createdAt: now - 1_000 },
      { ...waiting(now + 45_000, 'retry-at'), lastError: asked, createdAt: now - 60_000 },
      { ...waiting(now + 10_000, 'retry-at'), createdAt: now - 60_000 },
    ]
    expect(carriedBack(fresh, noon, now)).toEqual([])
  })

  it('leaves an attempt in doubt as it is: its moments are the server’s', () => {
    const tried = { ...waiting(noon - 2 * day), firstSentAt: noon, leftAt: noon }
    expect(carriedBack([tried], noon, noon - day)).toEqual([])
  })

  it('leaves alone what waits for the analyst, and what is due', () => {
    expect(carriedBack([waiting(untilAnalyst), waiting(noon - 2 * day)], noon, noon - day)).toEqual([])
  })

  it('is noticed at start-up too, by what was decided before', () => {
    const decided = { ...waiting(noon + 10_000), createdAt: noon }
    expect(latestSeen([decided], noon - day)).toBe(noon)
    expect(latestSeen([decided], noon + day)).toBe(noon + day)
  })

  it('is noticed by what failed before, of whose pause the longest is known', () => {
    const failed = { ...waiting(noon + 20_000, 'retry-at'), createdAt: noon - 2 * day }
    expect(latestSeen([failed], noon - day)).toBe(noon + 20_000 - longestPauseMs)
    expect(latestSeen([{ ...failed, notBefore: untilAnalyst }], noon - day)).toBe(noon - day)
  })

  it('is allowed for once, however often Forager is started after it', () => {
    const decided = { ...waiting(noon + 45_000, 'retry-at'), createdAt: noon - 60_000 }
    const left = carriedBack([decided], noon, noon - day)
    expect(left.map((one) => one.notBefore)).toEqual([noon - day + 45_000])
    for (const later of [1_000, 2_000, 3_000]) {
      const now = noon - day + later
      expect(carriedBack(left, latestSeen(left, now), now)).toEqual([])
    }
  })

  it('is not told by what was decided on another machine', () => {
    const decided = { ...waiting(noon - 2 * day), createdAt: noon }
    const carried = { role: 'imported', at: noon - day, file: 'shift' } as const
    expect(latestSeen([{ ...decided, carried }], noon - day)).toBe(noon - day)
  })

  it('keeps nobody waiting whom the analyst sent', () => {
    const decided = { ...waiting(noon + 10_000), createdAt: noon }
    const sent = { ...decided, notBefore: dueAtOnce(decided, noon + day) }
    expect(carriedBack([sent], latestSeen([sent], noon - day), noon - day)[0]?.notBefore).toBe(noon - day)
    expect(dueAtOnce(decided, noon - day)).toBe(noon - day)
  })

  it('is no such thing when it only goes on, or is corrected by a little', () => {
    expect(carriedBack([waiting(noon + 10_000)], noon, noon + day)).toEqual([])
    expect(carriedBack([waiting(noon + 10_000)], noon, noon - 900)).toEqual([])
  })
})
