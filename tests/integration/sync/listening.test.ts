import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/platform/clock.ts'
import type { FaultRule } from '#tests/support/thehive/control/faults.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'
import { until } from '#tests/support/until.ts'

const { signal } = new AbortController()
/** Waits that a test need not sit through. */
const hasty = { ...systemClock, sleep: (ms: number, ends: AbortSignal) => systemClock.sleep(ms / 100, ends) }

const firstOf = (rig: PullRig): string => rig.shown()[0] ?? expect.fail('no alert')
const streamed = (rig: PullRig, method: string) =>
  rig.hive.events().filter((event) => event.path.includes('/stream') && event.method === method)
const answered = (rig: PullRig) => streamed(rig, 'GET').filter(({ status }) => status === 200).length
const listening = (rig: PullRig) =>
  until('the stream is read', () => streamed(rig, 'GET').some(({ status }) => status === null))
const severityOf = (rig: PullRig, id: string) => rig.reader.detail(id)?.alert.severity
const otherThan = (severity: number | undefined) => (severity === 4 ? 1 : 4)

describe.each(['thehive3', 'thehive4', 'thehive5'] as const)('the stream of a %s', (flavour) => {
  it('makes a pull come sooner', async () => {
    const rig = await startPullRig({ flavour, alerts: 60, listen: systemClock })
    await rig.round()
    await listening(rig)
    const id = firstOf(rig)
    const severity = otherThan(severityOf(rig, id))
    // A little too early for a pull, with news or without.
    await rig.round(4_000)
    await rig.colleague.updateAlert(id, { severity }, signal)
    await until('the stream tells', () => answered(rig) > 0)
    expect(severityOf(rig, id)).not.toBe(severity)
    let seconds = 4
    await until('the pull is due', async () => {
      seconds += 1
      await rig.round(1_000)
      return severityOf(rig, id) === severity
    })
    expect(seconds).toBeLessThan(15)
  })
})

describe('a stream that is wrong', () => {
  const strikes = (rule: Omit<FaultRule, 'match'>, method?: string) => ({
    failNext: [{ ...rule, match: { pathRegex: '/stream', ...(method && { method }) }, times: 1_000_000 }],
  })
  const wrongs: [string, ReturnType<typeof strikes>, { asked: number }][] = [
    ['is not there', strikes({ action: 'status', status: 404 }), { asked: 1 }],
    ['is forbidden', strikes({ action: 'status', status: 403 }), { asked: 1 }],
    ['takes no key', strikes({ action: 'status', status: 401 }), { asked: 1 }],
    ['fails', strikes({ action: 'status', status: 500 }), { asked: 3 }],
    ['is a login page', strikes({ action: 'html', status: 200 }), { asked: 3 }],
    ['is cut off', strikes({ action: 'truncate' }, 'GET'), { asked: 3 }],
    ['breaks', strikes({ action: 'reset-before' }), { asked: 3 }],
    ['never answers', strikes({ action: 'hang' }), { asked: 1 }],
  ]

  it.each(wrongs)(
    'because it %s changes neither the connection nor what a pull brings',
    async (_, faults, { asked }) => {
      const rig = await startPullRig({
        ...({ flavour: 'thehive5', alerts: 60, listen: hasty } as const),
        arrange: (hive) => hive.faults.set(faults),
      })
      await until('it is asked', () => streamed(rig, 'POST').length + streamed(rig, 'GET').length >= asked)
      const id = firstOf(rig)
      const severity = otherThan(severityOf(rig, id))
      await rig.colleague.updateAlert(id, { severity }, signal)
      await rig.round(20_000)
      expect(severityOf(rig, id)).toBe(severity)
      expect(rig.engine().status()).toMatchObject({ connection: 'online' })
      expect(rig.engine().status().problem).toBeUndefined()
      if (asked === 1) expect(streamed(rig, 'POST').length).toBe(1)
    },
  )

  it('is not listened to on a metered line, while nobody looks, and while working offline', async () => {
    const rig = await startPullRig({ flavour: 'thehive5', alerts: 60, listen: systemClock })
    await listening(rig)
    const leave: [() => void, () => void][] = [
      [
        () => rig.engine().adopt({ pace: 'automatic', metered: true }),
        () => rig.engine().adopt({ pace: 'automatic', metered: false }),
      ],
      [() => rig.engine().attend({ visible: false }), () => rig.engine().attend({ visible: true })],
      [() => rig.engine().workOffline(true), () => rig.engine().workOffline(false)],
    ]
    for (const [stop, go] of leave) {
      const before = streamed(rig, 'GET').length
      stop()
      await rig.round(0)
      await rig.colleague.updateAlert(firstOf(rig), { severity: 3 }, signal)
      expect(streamed(rig, 'GET').length).toBe(before)
      go()
      await until('it is heard again', () => streamed(rig, 'GET').length > before)
      await rig.round(0)
    }
    expect(streamed(rig, 'POST').length).toBe(1)
  })
})
