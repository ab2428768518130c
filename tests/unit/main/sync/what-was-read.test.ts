import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

describe('what a look for one decision shows', () => {
  const update = (id: string, change: Partial<Alert>, base: Record<string, unknown>, over = {}) =>
    anOperation('alert.update', { change, effect: {} }, { id, base, ...over })
  const closing = () =>
    update('a', { status: 'Ignored' }, { status: 'New' }, { mustVerify: true, firstSentAt: 1 })

  it('is compared with all that wait on the same alert', async () => {
    const rig = runnerRig([closing(), update('b', { severity: 1 }, { severity: 2 })])
    rig.hive.change('~1', { status: 'FalsePositive', severity: 4 })
    await rig.drain()
    expect(rig.states()).toEqual({ a: 'conflict', b: 'conflict' })
    expect(rig.hive.effects).toEqual([])
  })

  it('is what the next decision stands on', async () => {
    const rig = runnerRig([closing()])
    rig.hive.change('~1', { status: 'FalsePositive', severity: 4 })
    await rig.drain()
    expect(rig.calls).toContainEqual(
      expect.objectContaining({
        method: 'ingestAlerts',
        args: expect.arrayContaining([[expect.objectContaining({ severity: 4 })]]),
      }),
    )
  })
})

describe('what could not be read back', () => {
  const title = (id: string, wanted: string) =>
    anOperation('case.update', { change: { title: wanted }, effect: {} }, { id, alertId: '~9' })
  const shown = (rig: ReturnType<typeof runnerRig>) =>
    rig.calls
      .filter(({ method }) => method === 'setPending')
      .flatMap(({ args }) => args[0] as { operations: Operation[] }[])
      .at(-1)
      ?.operations.map(({ id }) => id)

  it('is read with the next one about the same, and does not show over it', async () => {
    const inDoubt = { ...title('a', 'one'), mustVerify: true, firstSentAt: 1 } as Operation
    const rig = runnerRig([inDoubt, title('b', 'two')], (hive) => hive.cases.set('~9', aCase({ id: '~9' })))
    const { server, effects } = rig.hive
    const read = server.case.bind(server)
    let cut = 0
    server.case = (...asked) =>
      effects.length === 1 && (cut += 1) === 1
        ? Promise.reject(new ForagerError('unexpected-shape', 'cut off'))
        : read(...asked)
    await rig.drain()
    expect(effects).toHaveLength(2)
    expect(rig.book.owed()).toEqual([])
    expect(shown(rig)).toEqual([])
  })
})
