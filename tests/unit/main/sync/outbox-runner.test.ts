import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, aComment, anOperation } from '#tests/support/make.ts'
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

  it.each([1, 2])('asks about what it sent when the disk refuses its write %i, and goes on', async (nth) => {
    const note = (id: string) => anOperation('comment.add', { localId: `local:${id}`, message: id }, { id })
    const rig = runnerRig([note('n'), note('u')])
    const { update } = rig.outbox
    let writes = 0
    rig.outbox.update = (changed) => {
      writes += 1
      if (writes === nth) throw new ForagerError('disk-full', 'The disk is full.')
      update(changed)
    }
    expect(await rig.drain()).toMatchObject({ ended: 'connection', error: { kind: 'disk-full' } })
    expect(rig.book.owed()).toEqual([])
    rig.time.now += 60_000
    await rig.drain()
    expect(rig.states()).toEqual({ n: 'sent', u: 'sent' })
    expect(rig.hive.effects).toHaveLength(2)
  })

  it('waits as long as the server asks', async () => {
    const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'x' })])
    rig.hive.plan.push({ when: 'before', kind: 'rate-limited' })
    expect(await rig.drain()).toMatchObject({ ended: 'connection' })
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'retry-at', notBefore: 16_000 })
  })

  it('and no longer than 15 minutes, however long it asks for', async () => {
    const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'x' })])
    rig.hive.plan.push({ when: 'before', kind: 'rate-limited', retryAfterMs: 86_400_000 })
    await rig.drain()
    expect(rig.outbox.operations[0]?.notBefore).toBe(rig.time.now + 900_000)
  })

  it('as long as a server that failed asks, and sends nothing else meanwhile', async () => {
    const add = (id: string, alertId: string) =>
      anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, alertId })
    const rig = runnerRig([add('a', '~1'), add('b', '~2')])
    rig.hive.plan.push({ when: 'after', kind: 'server-error', retryAfterMs: 60_000 })
    expect(await rig.drain()).toMatchObject({ ended: 'connection' })
    expect(rig.outbox.operations).toMatchObject([
      { state: 'retry-at', mustVerify: true, notBefore: rig.time.now + 60_000 },
      { state: 'ready', attempts: 0 },
    ])
  })

  it.each([86_400_000, -86_400_000])(
    'a clock of the server misread by %i ms does not hide what a lost answer left there',
    async (ahead) => {
      const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'x' })])
      rig.hive.server.clockAhead = () => ahead
      rig.hive.plan.push({ when: 'after', kind: 'timeout' })
      await rig.drain()
      rig.time.now += 600_000
      await rig.drain()
      expect(rig.hive.effects).toEqual(['comment ~1 x'])
      expect(rig.outbox.operations).toMatchObject([{ state: 'sent', receipt: { alreadyThere: true } }])
    },
  )

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

  it.each(['after', 'before'] as const)(
    'what may have taken hold (%s) and may not be looked at is not told as refused: nobody can tell',
    async (when) => {
      const rig = runnerRig([
        anOperation('alert.update', { change: { severity: 4 }, effect: {} }, { id: 'u' }),
      ])
      rig.hive.plan.push({ when, kind: 'server-error', status: 500 })
      await rig.drain()
      rig.hive.readPlan.push({ when: 'before', kind: 'forbidden' })
      rig.time.now += 600_000
      expect(await rig.drain()).toEqual({ ended: 'empty' })
      expect(rig.outbox.operations).toMatchObject([
        { state: 'cannot-tell', mustVerify: true, lastError: { kind: 'forbidden' } },
      ])
      expect(rig.hive.effects).toHaveLength(when === 'after' ? 1 : 0)
    },
  )

  it('what certainly did not leave does not count as the first attempt', async () => {
    const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'x' })])
    rig.hive.plan.push({ when: 'before', kind: 'offline' })
    await rig.drain()
    expect(rig.outbox.operations[0]).not.toHaveProperty('firstSentAt')
    rig.time.now = 9_000
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ firstSentAt: 9_000, mustVerify: true })
  })

  it('what is taken up waits for no moment any more: a clock that is set back before the next start cannot make it wait', async () => {
    const again = anOperation(
      'comment.add',
      { localId: 'local:m', message: 'x' },
      { state: 'retry-at', attempts: 1, createdAt: 500, notBefore: 900 },
    )
    const rig = runnerRig([again])
    rig.hive.plan.push({ when: 'before', kind: 'offline' })
    await rig.drain()
    expect(rig.outbox.operations).toMatchObject([{ state: 'ready', notBefore: 500 }])
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

describe('edits that went together and whose answer was lost', () => {
  it('are not taken back one by one when a colleague has changed another field of them since', async () => {
    const title = (id: string, wanted: string, base: string) =>
      anOperation('alert.update', { change: { title: wanted }, effect: {} }, { id, base: { title: base } })
    const raise = anOperation(
      'alert.update',
      { change: { severity: 4 }, effect: {} },
      { id: 'b', base: { severity: 2 } },
    )
    const rig = runnerRig([title('a', 'One', 'Encoded PowerShell'), raise, title('c', 'Two', 'One')])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.hive.change('~1', { severity: 3 })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ a: 'sent', b: 'conflict', c: 'sent' })
    expect(rig.hive.effects).toHaveLength(1)
  })
})

describe('a colleague’s edit', () => {
  const seen = 'a\nb\nc'
  const edit = (message: string, over: Partial<Operation> = {}) =>
    anOperation('comment.edit', { commentId: '~c1', message }, { id: 'e', base: { message: seen }, ...over })

  it('in another place of the same text goes out with ours, in one text', async () => {
    const rig = runnerRig([edit('A\nb\nc')], (hive) => hive.comments.push(aComment({ message: 'a\nb\nC' })))
    await rig.drain()
    expect(rig.hive.effects).toEqual(['edit-comment ~c1 A\nb\nC'])
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent', attempts: 1 }])
  })

  it('and an answer that was lost: the merged text is on the disk before it leaves, and is not merged twice', async () => {
    const rig = runnerRig([edit('A\nb\nc')], (hive) => hive.comments.push(aComment({ message: 'a\nb\nC' })))
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.restart()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['edit-comment ~c1 A\nb\nC'])
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent', receipt: { alreadyThere: true } }])
  })

  it('is not deleted unseen', async () => {
    const deletion = anOperation('comment.delete', { commentId: '~c1' }, { id: 'd', base: { message: seen } })
    const rig = runnerRig([deletion], (hive) => hive.comments.push(aComment({ message: 'more' })))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations).toMatchObject([
      { state: 'conflict', conflicts: [{ field: 'message', base: seen, mine: null, theirs: 'more' }] },
    ])
  })

  it('seen while our earlier decision is read back stops the later one', async () => {
    const first = anOperation('alert.follow', { follow: false }, { id: 'a', base: { follow: true } })
    const second = anOperation(
      'alert.update',
      { change: { severity: 4 }, effect: {} },
      { id: 'b', base: { severity: 2 } },
    )
    const rig = runnerRig([first, second])
    rig.hive.change('~1', { severity: 3 })
    await rig.drain()
    expect(rig.states()).toEqual({ a: 'sent', b: 'conflict' })
  })
})

describe('a promotion of an alert that is in a case by now', () => {
  const promote = anOperation(
    'alert.promote',
    { choices: {}, predicted: aCase({ id: 'local:c' }) },
    { id: 'p', base: { caseId: null } },
  )

  it('of somebody else waits for the analyst', async () => {
    const rig = runnerRig([{ ...promote, mustVerify: true }], (hive) => {
      hive.cases.set('~77', aCase({ id: '~77', createdBy: 'bo' }))
      hive.change('~1', { caseId: '~77' })
    })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations).toMatchObject([
      { state: 'conflict', conflicts: [{ field: 'caseId', theirs: '~77' }] },
    ])
  })

  it('of our own making is done, whatever the clocks say', async () => {
    const rig = runnerRig([{ ...promote, mustVerify: true, firstSentAt: 9_000_000 }], (hive) => {
      hive.cases.set('~77', aCase({ id: '~77', createdBy: 'ana', createdAt: 5 }))
      hive.change('~1', { caseId: '~77' })
    })
    await rig.drain()
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent', receipt: { serverId: '~77' } }])
  })
})
