import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

describe('drain', () => {
  const merge = (id: string, alertId: string, over: Partial<Operation> = {}) =>
    anOperation('alert.merge', { caseId: 'local:c' }, { id, alertId, ...over })

  it('merges into a case promoted a minute before under the id the server gave it', async () => {
    const promote = anOperation(
      'alert.promote',
      { choices: {}, predicted: aCase({ id: 'local:c' }) },
      { id: 'p' },
    )
    const rig = runnerRig([promote, merge('m', '~2', { dependsOn: ['p'] })])
    rig.hive.alerts.set('~2', { ...rig.hive.alerts.get('~1')!, id: '~2' })
    await rig.drain()
    expect(rig.hive.effects).toEqual(['promote ~1', 'merge ~2 ~101'])
  })

  it('keeps what depends on a refused promotion waiting, and sends the rest', async () => {
    const promote = anOperation(
      'alert.promote',
      { choices: {}, predicted: aCase({ id: 'local:c' }) },
      { id: 'p' },
    )
    const other = anOperation('comment.add', { localId: 'local:m', message: 'x' }, { id: 'o', alertId: '~3' })
    const rig = runnerRig([promote, merge('m', '~2', { dependsOn: ['p'] }), other])
    rig.hive.plan.push({ when: 'before', kind: 'forbidden' })
    await rig.drain()
    expect(rig.states()).toEqual({ p: 'rejected', m: 'ready', o: 'sent' })
  })

  it('waits as long as the server asks', async () => {
    const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'x' })])
    rig.hive.plan.push({ when: 'before', kind: 'rate-limited' })
    expect(await rig.drain()).toMatchObject({ ended: 'connection' })
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'retry-at', notBefore: 16_000 })
  })

  it('a second identical comment is not taken for the first', async () => {
    const first = anOperation('comment.add', { localId: 'local:1', message: 'same' }, { id: 'a' })
    const second = anOperation('comment.add', { localId: 'local:2', message: 'same' }, { id: 'b' })
    const rig = runnerRig([first, second])
    rig.hive.plan.push(undefined, { when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['comment ~1 same', 'comment ~1 same'])
  })

  it('somebody else was first: the merge waits for the analyst', async () => {
    const rig = runnerRig([anOperation('alert.merge', { caseId: '~9' }, { base: { caseId: null } })])
    rig.hive.change('~1', { caseId: '~77', stage: 'Imported' })
    rig.hive.plan.push({ when: 'before', kind: 'rejected' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'caseId', theirs: '~77' }],
    })
  })

  describe('when the server takes a decision but cannot be read right after', () => {
    const update = () => anOperation('alert.update', { change: { severity: 4 }, effect: {} }, { id: 'a' })
    const shown = (rig: ReturnType<typeof runnerRig>) =>
      rig.calls.filter(({ method }) => method === 'setPending').at(-1)?.args

    it('the screens go on showing it until it can', async () => {
      const rig = runnerRig([update()])
      rig.hive.readPlan.push({ when: 'before', kind: 'offline' })
      expect(await rig.drain()).toMatchObject({ ended: 'connection' })
      expect(rig.states()).toEqual({ a: 'sent' })
      await rig.book.refold('~1')
      expect(shown(rig)).toMatchObject([[{ alertId: '~1', operations: [{ id: 'a' }] }]])
      await rig.drain()
      expect(shown(rig)).toEqual([[{ alertId: '~1', operations: [] }]])
      expect(rig.hive.effects).toHaveLength(1)
    })

    it('an unreadable alert does not hold up the others', async () => {
      const other = anOperation(
        'comment.add',
        { localId: 'local:m', message: 'x' },
        { id: 'b', alertId: '~2' },
      )
      const rig = runnerRig([update(), other])
      rig.hive.readPlan.push({ when: 'before', kind: 'unexpected-shape' })
      await rig.drain()
      expect(rig.states()).toEqual({ a: 'sent', b: 'sent' })
    })
  })
})
