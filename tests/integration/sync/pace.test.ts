import { describe, expect, it } from 'vitest'
import { anOperation } from '#tests/support/make.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

const firstOf = (rig: PullRig): string => rig.shown()[0] ?? expect.fail('no alert')
/** Something is told to the engine; the turn it takes then runs to its end. */
const tell = (rig: PullRig, word: () => void) => {
  word()
  return rig.round(0)
}
const requests = (rig: PullRig) => rig.hive.events().length

describe('on a metered line', () => {
  it('nothing is asked until the analyst does, or something is sent', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const id = firstOf(rig)
    await tell(rig, () => rig.engine().adopt({ pace: 'automatic', metered: true }))
    await rig.colleague.updateAlert(id, { severity: 4 }, signal)
    const before = requests(rig)
    for (let hours = 0; hours < 3; hours += 1) await rig.round(3_600_000)
    await tell(rig, () => rig.engine().hint())
    expect(requests(rig)).toBe(before)
    expect(rig.engine().status()).toMatchObject({ connection: 'online', metered: true })
    await tell(rig, () => rig.engine().syncNow())
    expect(rig.reader.detail(id)?.alert.severity).toBe(4)

    await rig.colleague.updateAlert(id, { severity: 1 }, signal)
    const other = rig.shown()[1] ?? expect.fail('one alert only')
    const title = { change: { title: 'Sent over a metered line' }, effect: {} }
    await rig.book.append([anOperation('alert.update', title, { alertId: other })])
    await rig.round()
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent' }])
    expect(rig.reader.detail(id)?.alert.severity).toBe(1)
  })
})

describe('a server that asks for a pause', () => {
  it.each([
    [429, () => '120'],
    [503, () => '120'],
    [503, () => new Date(Date.now() + 121_000).toUTCString()],
  ])(
    'with %i is left alone for as long as it wants, also when something hints at it',
    async (status, wish) => {
      const rig = await startPullRig({ flavour: 'thehive5' })
      const headers = { 'Retry-After': wish() }
      rig.hive.faults.set({
        failNext: [{ match: { pathRegex: '/query' }, action: 'status', status, headers }],
      })
      await rig.round()
      const { nextTryAt, problem } = rig.engine().status()
      expect(problem?.details).toMatchObject({ status })
      expect(nextTryAt).toEqual(expect.any(Number))
      const before = requests(rig)
      await rig.round(60_000)
      await tell(rig, () => rig.engine().hint())
      expect(requests(rig)).toBe(before)
      await rig.round(62_000)
      expect(rig.engine().status()).toMatchObject({ connection: 'online' })
      expect(rig.engine().status().nextTryAt).toBeUndefined()
    },
  )

  it('is asked at once when the analyst says so', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const headers = { 'Retry-After': '600' }
    rig.hive.faults.set({
      failNext: [{ match: { pathRegex: '/query' }, action: 'status', status: 429, headers }],
    })
    await rig.round()
    expect(rig.engine().status().connection).toBe('offline')
    await tell(rig, () => rig.engine().syncNow())
    expect(rig.engine().status().connection).toBe('online')
  })
})

describe('what the analyst looks at', () => {
  it('brings its comments with every round, though they leave no stamp; nobody looks: they are not asked for', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const id = firstOf(rig)
    const said = () => rig.reader.detail(id)?.comments.map(({ message }) => message)
    await tell(rig, () => rig.engine().attend({ visible: true, alertId: id }))
    await rig.colleague.addComment(id, 'first', signal)
    await rig.round()
    expect(said()).toEqual(['first'])
    await tell(rig, () => rig.engine().attend({ visible: false, alertId: id }))
    await rig.colleague.addComment(id, 'second', signal)
    await rig.round(60_000)
    expect(said()).toEqual(['first'])
  })

  it('is left as it is from the moment the analyst works offline, and the status says so at once', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const round = rig.round()
    rig.engine().workOffline(true)
    expect(rig.engine().status().connection).toBe('working-offline')
    await round
    const before = requests(rig)
    await rig.round(60_000)
    expect(requests(rig)).toBe(before)
    await tell(rig, () => rig.engine().workOffline(false))
    expect(rig.engine().status().connection).toBe('online')
  })

  it('a network that is back is used at once', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    await rig.hive.goOffline('refuse')
    await rig.round()
    expect(rig.engine().status().connection).toBe('offline')
    await rig.hive.goOnline()
    await tell(rig, () => rig.engine().hint())
    expect(rig.engine().status().connection).toBe('online')
  })
})
