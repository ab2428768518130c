import { describe, expect, it } from 'vitest'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

describe('a pull that breaks off', () => {
  it('tells the screens of what it stored before: the next pull brings no news of it', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const [id] = rig.shown()
    if (id === undefined) expect.fail('no alert')
    await rig.rounds(1)
    await rig.colleague.updateAlert(id, { severity: 4 }, signal)
    rig.told.length = 0
    // Cases, new alerts and changed alerts are answered; the observables are not.
    rig.hive.faults.set({
      failNext: [
        { match: { method: 'POST', pathRegex: '/query', nth: 4 }, action: 'reset-before', times: 20 },
      ],
    })
    await rig.round()
    expect(rig.reader.detail(id)).toMatchObject({ alert: { severity: 4 } })
    expect(rig.told.some((ids) => ids.length === 0 || ids.includes(id))).toBe(true)
  })
})
