import { expect, it } from 'vitest'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

it.each(['thehive5', 'thehive4', 'thehive3'] as const)(
  'an open alert that a %s cannot show is told, and the others are followed all the same',
  async (flavour) => {
    const rig = await startPullRig({ flavour })
    const [open, other] = rig.shown()
    if (open === undefined || other === undefined) expect.fail('no alerts')
    const pathRegex = `/api/(v1/)?alert/${open}`
    rig.hive.faults.set({
      failNext: [{ match: { method: 'GET', pathRegex }, action: 'status', status: 500, times: 100 }],
    })
    rig.engine().attend({ visible: true, alertId: open })
    const problems: unknown[] = []
    for (const severity of [4, 1, 4] as const) {
      await rig.colleague.updateAlert(other, { severity }, signal)
      await rig.engine().lookAt(open)
      problems.push(rig.engine().status().problem?.kind)
      await rig.round()
      expect(rig.reader.detail(other)).toMatchObject({ alert: { severity } })
      expect(rig.engine().status().connection).toBe('online')
    }
    expect(problems).toContain('server-error')
  },
)

it('a server that answers nothing any more is told as lost by the very look', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const [open] = rig.shown()
  if (open === undefined) expect.fail('no alerts')
  await rig.hive.goOffline()
  await rig.engine().lookAt(open)
  expect(rig.engine().status().connection).toBe('offline')
})
