import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anInput, anOperation, plainMarks } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

/** One operation of each kind that needs no file, with what the server counts when it takes hold. */
const kinds: [string, Operation, string][] = [
  [
    'an update',
    anOperation('alert.update', { change: { severity: 4 }, effect: {} }),
    'update ~1 {"severity":4}',
  ],
  [
    'a promotion',
    anOperation('alert.promote', { choices: {}, predicted: aCase({ id: 'local:c' }) }),
    'promote ~1',
  ],
  ['a merge', anOperation('alert.merge', { caseId: '~9' }), 'merge ~1 ~9'],
  ['a comment', anOperation('comment.add', { localId: 'local:m', message: 'seen' }), 'comment ~1 seen'],
  [
    'values',
    anOperation('observable.add-values', {
      marks: plainMarks,
      values: [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:o' }],
    }),
    'values ~1 192.0.2.1',
  ],
  ['a creation', anOperation('alert.create', { input: anInput() }, { alertId: 'local:a' }), 'create ref-7'],
]

describe.each(kinds)('%s', (_, operation, effect) => {
  it('takes hold once and leaves a receipt', async () => {
    const rig = runnerRig([operation])
    expect(await rig.drain()).toEqual({ ended: 'empty' })
    expect(rig.hive.effects).toEqual([effect])
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'sent',
      receipt: { serverId: expect.any(String) as string },
    })
  })

  it.each(['timeout', 'server-error', 'unexpected-shape'] as const)(
    'whose answer is lost to a %s after it took hold is asked about, not sent again',
    async (kind) => {
      const rig = runnerRig([operation])
      rig.hive.plan.push({ when: 'after', kind })
      await rig.drain()
      expect(rig.outbox.operations[0]).toMatchObject({ state: 'retry-at', mustVerify: true })
      rig.time.now += 600_000
      await rig.drain()
      expect(rig.hive.effects).toEqual([effect])
      expect(rig.outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { alreadyThere: true } })
    },
  )

  it('that failed before it took hold is sent again after asking', async () => {
    const rig = runnerRig([operation])
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual([effect])
    expect(rig.states()).toEqual({ [operation.id]: 'sent' })
  })

  it('found in sending after a crash is asked about first, whether or not it took hold', async () => {
    const rig = runnerRig([operation])
    await rig.drain()
    // The crash came between the effect and the receipt.
    rig.outbox.operations[0] = { ...operation, state: 'sending', attempts: 1, firstSentAt: 6_000 }
    rig.restart()
    await rig.drain()
    expect(rig.hive.effects).toEqual([effect])
    expect(rig.states()).toEqual({ [operation.id]: 'sent' })
  })

  it('refused by the server stays, with the reason', async () => {
    const rig = runnerRig([operation])
    rig.hive.plan.push({ when: 'before', kind: 'forbidden', sent: true })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'rejected', lastError: { kind: 'forbidden' } })
  })

  it('that could not even leave waits without counting the attempt', async () => {
    const rig = runnerRig([operation])
    rig.hive.plan.push({ when: 'before', kind: 'offline', sent: false })
    expect(await rig.drain()).toMatchObject({ ended: 'connection', error: { kind: 'offline' } })
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'ready', attempts: 0, mustVerify: false })
  })
})

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
