import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { isAnswered } from '#main/sync/classify-failure.ts'
import { answerMs, asItLeft, latestMs, mayComeForMs, momentsOf } from '#main/sync/late.ts'
import { defaultTimeouts } from '#main/thehive/dispatcher.ts'
import { statusError } from '#main/thehive/status-errors.ts'
import { aCase, aComment, aKeptFile, aProcedure, anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

const { id: _id, createdAt: _at, createdBy: _by, ...input } = aProcedure()
const additions: Record<string, Operation> = {
  'a comment': anOperation('comment.add', { localId: 'local:m', message: 'seen' }),
  'a procedure': anOperation('procedure.add', { localId: 'local:p', input }),
  'a file': anOperation('attachment.add', aKeptFile()),
}

describe.each(Object.entries(additions))('%s whose request was cut off', (_, operation) => {
  const cut = () => {
    const rig = runnerRig([operation])
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    return rig
  }

  it('is asked about, and not sent again while the first request may still take hold', async () => {
    const rig = cut()
    await rig.drain()
    for (let passed = 0; passed < latestMs - 10_000; passed += 10_000) {
      rig.time.now += 10_000
      await rig.drain()
    }
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations).toMatchObject([{ state: 'retry-at', mustVerify: true }])
    expect(rig.outbox.operations[0]?.notBefore).toBeLessThanOrEqual(6_000 + latestMs)
    rig.time.now = 6_000 + latestMs
    await rig.drain()
    expect(rig.hive.effects).toHaveLength(1)
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent' }])
  })

  it('waits no longer because the process died meanwhile, and no shorter', async () => {
    const sent = { ...operation, state: 'sending', attempts: 1, firstSentAt: 6_000, leftAt: 6_000 }
    const rig = runnerRig([sent as Operation])
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toHaveLength(1)
  })

  it('is sent again soon where the server itself said that it failed', async () => {
    const rig = runnerRig([operation])
    rig.hive.plan.push({ when: 'before', kind: 'server-error', status: 500 })
    await rig.drain()
    rig.time.now += 5_000
    await rig.drain()
    expect(rig.hive.effects).toHaveLength(1)
  })
})

it('a failure to ask says nothing of the request that was cut off', async () => {
  const rig = runnerRig([additions['a comment']!])
  rig.hive.plan.push({ when: 'before', kind: 'timeout' })
  await rig.drain()
  rig.time.now += 20_000
  const { comments } = rig.hive.server
  const failing = statusError({ status: 500, host: 'h' }, 0)
  Object.assign(rig.hive.server, { comments: () => Promise.reject(failing) })
  await rig.drain()
  Object.assign(rig.hive.server, { comments })
  rig.time.now += 20_000
  await rig.drain()
  expect(rig.hive.effects).toEqual([])
})

it('a long upload that was cut off is waited for from its end', async () => {
  const rig = runnerRig([additions['a file']!])
  const { addAttachment } = rig.hive.server
  rig.hive.plan.push({ when: 'before', kind: 'timeout' })
  const slow: typeof addAttachment = (...args) => {
    rig.time.now += 600_000
    return addAttachment(...args)
  }
  Object.assign(rig.hive.server, { addAttachment: slow })
  await rig.drain()
  expect(rig.outbox.operations).toMatchObject([{ leftAt: rig.time.now - answerMs }])
})

describe('a clock that is set a day ahead', () => {
  const day = 86_400_000

  /** Cut off; the clock was set after it was read for the last time, and the next answer tells. */
  async function cutWhile(operation: Operation, set: 'before it leaves' | 'under way') {
    const rig = runnerRig([operation])
    const { addComment } = rig.hive.server
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    const slow: typeof addComment = (...args) => {
      rig.time.now += day
      return addComment(...args)
    }
    if (set === 'under way') Object.assign(rig.hive.server, { addComment: slow })
    else rig.time.now += day
    await rig.drain()
    Object.assign(rig.hive.server, { addComment, clockAhead: () => -day })
    rig.time.now += 600_000
    return rig
  }

  it.each(['before it leaves', 'under way'] as const)(
    '%s: it is waited for once, from when that is noticed, and not for a day',
    async (set) => {
      const rig = await cutWhile(additions['a comment']!, set)
      await rig.drain()
      const noticed = rig.time.now - day
      expect(rig.hive.effects).toEqual([])
      expect(rig.outbox.operations).toMatchObject([{ state: 'retry-at', leftAt: noticed }])
      rig.time.now += latestMs - 1
      await rig.drain()
      expect(rig.hive.effects).toEqual([])
      expect(rig.outbox.operations).toMatchObject([{ leftAt: noticed }])
      rig.time.now += 10_000
      await rig.drain()
      expect(rig.hive.effects).toHaveLength(1)
    },
  )

  it.each([
    ['before it was decided', 6_000 + day],
    ['after', 5_000],
  ])('%s: what took hold is recognised by its words', async (_when, createdAt) => {
    const rig = await cutWhile({ ...additions['a comment']!, createdAt }, 'before it leaves')
    rig.hive.comments.push({ ...aComment({ id: '~7', message: 'seen', createdAt: 7_000 }), createdBy: 'ana' })
    await rig.drain()
    expect(rig.outbox.operations).toMatchObject([{ state: 'sent', receipt: { serverId: '~7' } }])
  })
})

it('a misread moment of a new case begins anew the time in which it is listed', () => {
  const predicted = aCase({ id: 'local:c' })
  const { title, description, severity, tlp, pap, tags } = predicted
  const input = { title, description, severity, tlp, pap, tags, flag: false, customFields: [] }
  const made = anOperation('case.create', { input, predicted }, { firstSentAt: 9_000_000, leftAt: 9_000_000 })
  const at = { server: {}, clock: { now: () => 20_000 } }
  expect(asItLeft(made, at)).toMatchObject({ firstSentAt: 20_000, leftAt: 20_000 })
})

it('how long ago it left is told by the server’s clock, whatever ours showed then and shows now', () => {
  const wrong = fc.integer({ min: -1e9, max: 1e9 })
  fc.assert(
    fc.property(wrong, wrong, fc.nat(latestMs), (then, now, passed) => {
      const at = (time: number, off: number) => ({
        server: { clockAhead: () => -off },
        clock: { now: () => time + off },
      })
      const left = { ...additions['a comment']!, ...momentsOf(at(1e12, then)) }
      const later = at(1e12 + passed, now)
      expect(mayComeForMs(asItLeft(left, later), later)).toBe(latestMs - passed)
    }),
  )
})

it('no moment is waited for longer than a server takes, wherever it lies', () => {
  const moments = fc.integer({ min: 0, max: 1e15 })
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: -1e12, max: 1e12 }), (leftAt, now, ahead) => {
      const at = { server: { clockAhead: () => ahead }, clock: { now: () => now } }
      const forMs = mayComeForMs(
        asItLeft({ ...additions['a comment']!, leftAt, firstSentAt: leftAt }, at),
        at,
      )
      expect(forMs).toBeGreaterThanOrEqual(0)
      expect(forMs).toBeLessThanOrEqual(latestMs)
      // What lies in the future can never have been answered for already.
      if (leftAt > now + ahead) expect(forMs).toBe(latestMs)
    }),
  )
})

it('what took hold between the look and the next attempt is not told as refused where that one is', async () => {
  const rig = runnerRig([anOperation('alert.update', { change: { severity: 4 }, effect: {} }, { id: 'u' })])
  const { updateAlert } = rig.hive.server
  rig.hive.plan.push({ when: 'before', kind: 'timeout' })
  await rig.drain()
  rig.time.now += 20_000
  const late: typeof updateAlert = async (...args) => {
    await updateAlert(...args)
    throw statusError({ status: 403, host: 'h' }, 0)
  }
  Object.assign(rig.hive.server, { updateAlert: late })
  await rig.drain()
  expect(rig.states()).toEqual({ u: 'sent' })
})

it('nor as long as the first attempt may still take hold, where the next is refused', async () => {
  const rig = runnerRig([anOperation('alert.update', { change: { severity: 4 }, effect: {} }, { id: 'u' })])
  const refused = { when: 'before', kind: 'forbidden', status: 403 } as const
  rig.hive.plan.push({ when: 'before', kind: 'timeout' }, refused, refused)
  await rig.drain()
  rig.time.now += 20_000
  await rig.drain()
  expect(rig.outbox.operations).toMatchObject([{ state: 'retry-at', mustVerify: true, leftAt: 6_000 }])
  rig.time.now = 6_000 + latestMs
  await rig.drain()
  expect(rig.states()).toEqual({ u: 'rejected' })
})

it('an answer is waited for as long as the client waits', () => {
  expect(answerMs).toBe(defaultTimeouts.headers)
})

it('a comment that took hold late is recognised, and there once', async () => {
  const rig = runnerRig([additions['a comment']!])
  rig.hive.plan.push({ when: 'before', kind: 'timeout' })
  await rig.drain()
  rig.time.now += 20_000
  await rig.drain()
  rig.hive.comments.push({
    ...aComment({ id: '~7', message: 'seen', createdAt: rig.time.now }),
    createdBy: 'ana',
  })
  rig.time.now += 600_000
  await rig.drain()
  expect(rig.hive.effects).toEqual([])
  expect(rig.outbox.operations).toMatchObject([
    { state: 'sent', receipt: { serverId: '~7', alreadyThere: true } },
  ])
})

it.each([
  [500, true],
  [503, true],
  [302, true],
  [502, false],
  [504, false],
])('an answer %i tells that the server is not at it any more: %s', (status, isOver) => {
  expect(isAnswered(statusError({ status, host: 'h' }, 0))).toBe(isOver)
})
