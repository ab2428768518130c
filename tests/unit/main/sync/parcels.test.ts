import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'
import type { ModelHive } from '#tests/support/sync/runner-rig.ts'

const alertIds = (count: number) => Array.from({ length: count }, (_, at) => `~${at + 1}`)
const withAlerts = (count: number) => (hive: ModelHive) =>
  alertIds(count).forEach((id) => hive.alerts.set(id, anAlert({ id, sourceRef: `r${id}` })))

const close = (id: string, alertId: string, change: AlertChange = { status: 'Ignored' }) =>
  anOperation('alert.update', { change, effect: {} }, { id, alertId })
const merge = (id: string, alertId: string) =>
  anOperation('alert.merge', { caseId: '~900' }, { id, alertId, base: { caseId: null } })
const closings = (count: number) => alertIds(count).map((alertId) => close(`op${alertId}`, alertId))

const rigOf = (operations: readonly Operation[], count: number, arrange?: (hive: ModelHive) => unknown) =>
  runnerRig(operations, (hive) => {
    withAlerts(count)(hive)
    arrange?.(hive)
  })
const once = (effects: readonly string[]) => expect(new Set(effects).size).toBe(effects.length)

describe('equal edits of many alerts', () => {
  it('go together, are read back together, and leave a receipt each', async () => {
    const rig = rigOf(closings(250), 250)
    expect(await rig.drain()).toEqual({ ended: 'empty' })
    expect(rig.hive.requests).toEqual([100, 100, 50])
    expect(rig.hive.reads).toEqual(['alerts 100', 'alerts 100', 'alerts 50'])
    expect(rig.hive.effects).toHaveLength(250)
    once(rig.hive.effects)
    for (const { state, receipt } of rig.outbox.operations) {
      expect(state).toBe('sent')
      expect(receipt?.serverId).toMatch(/^~/)
    }
  })

  it('one refused does not hold up the others, and names its own reason', async () => {
    const rig = rigOf(closings(5), 5, (hive) => hive.refused.add('~3'))
    await rig.drain()
    expect(rig.states()).toMatchObject({ 'op~2': 'sent', 'op~3': 'rejected', 'op~4': 'sent' })
    expect(rig.book.get('op~3')?.lastError).toMatchObject({ message: 'no ~3' })
  })

  it('a refusal of the whole sends each by itself', async () => {
    const rig = rigOf(closings(3), 3)
    rig.hive.plan.push({ when: 'before', kind: 'forbidden' }, undefined, {
      when: 'before',
      kind: 'forbidden',
    })
    await rig.drain()
    expect(rig.states()).toEqual({ 'op~1': 'sent', 'op~2': 'rejected', 'op~3': 'sent' })
    once(rig.hive.effects)
  })

  it('whose answer is lost are asked about together and never sent again', async () => {
    const rig = rigOf(closings(100), 100)
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    expect(rig.outbox.operations.every((one) => one.mustVerify && one.state === 'retry-at')).toBe(true)
    rig.hive.reads.length = 0
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.requests).toEqual([100])
    expect(rig.hive.reads).toEqual(['alerts 100', 'alerts 100'])
    expect(rig.outbox.operations.every(({ receipt }) => receipt?.alreadyThere)).toBe(true)
    once(rig.hive.effects)
  })

  it('of which some took hold before the process died are told apart: the rest is sent, once', async () => {
    const rig = rigOf(
      closings(10).map((one): Operation => ({ ...one, state: 'sending', attempts: 1, firstSentAt: 5_000 })),
      10,
      (hive) => alertIds(4).forEach((id) => hive.change(id, { status: 'Ignored' })),
    )
    await rig.drain()
    expect(rig.hive.requests).toEqual([6])
    expect(rig.hive.effects).toHaveLength(6)
    expect(rig.outbox.operations.filter(({ receipt }) => receipt?.alreadyThere)).toHaveLength(4)
  })

  it('are all on the disk as being sent before the first byte, in one write', async () => {
    const rig = rigOf(closings(3), 3)
    const writes: string[][] = []
    const { update } = rig.outbox
    rig.outbox.update = (changed) => {
      writes.push(changed.map(({ state }) => state))
      update(changed)
    }
    await rig.drain()
    expect(writes).toEqual([
      ['sending', 'sending', 'sending'],
      ['sent', 'sent', 'sent'],
    ])
  })

  it('that a colleague contradicted, one of them, wait for the analyst alone', async () => {
    const all = closings(4).map((one): Operation => ({ ...one, base: { status: 'New' }, mustVerify: true }))
    const rig = rigOf(all, 4, (hive) => hive.change('~2', { status: 'InProgress' }))
    await rig.drain()
    expect(rig.states()).toEqual({ 'op~1': 'sent', 'op~2': 'conflict', 'op~3': 'sent', 'op~4': 'sent' })
    expect(rig.hive.requests).toEqual([3])
  })

  it('are sent in smaller parcels when large ones keep failing', async () => {
    const rig = rigOf(closings(100), 100)
    for (let turn = 0; turn < 3; turn++) {
      rig.hive.plan.push({ when: 'before', kind: 'timeout' })
      await rig.drain()
      rig.time.now += 600_000
    }
    await rig.drain()
    expect(rig.hive.requests.slice(0, 3)).toEqual([100, 100, 25])
    expect(rig.outbox.operations.every(({ state }) => state === 'sent')).toBe(true)
    once(rig.hive.effects)
  })

  it('go one by one where the server has no call for several', async () => {
    const rig = rigOf(closings(3), 3, (hive) => (hive.limit.now = 1))
    await rig.drain()
    expect(rig.hive.requests).toEqual([])
    expect(rig.hive.effects).toHaveLength(3)
  })
})

describe('a list that lags behind', () => {
  const stale = (hive: ModelHive) => hive.lag.push(['~2', anAlert({ id: '~2' })], ['~3', undefined])

  it('is not believed after a write: those alerts are read by themselves', async () => {
    const rig = rigOf(closings(4), 4, stale)
    await rig.drain()
    expect(rig.hive.reads).toEqual(['alerts 4', 'alert ~2', 'alert ~3'])
    const stored = rig.calls.filter(({ method }) => method === 'ingestAlerts').flatMap(({ args }) => args[0])
    expect(stored).toHaveLength(4)
    expect((stored as { status: string }[]).every(({ status }) => status === 'Ignored')).toBe(true)
  })

  it('is not believed where it shows only the last of several edits that went as one', async () => {
    const edits = alertIds(2).flatMap((id) => [
      close(`closed${id}`, id),
      close(`rated${id}`, id, { severity: 2 }),
    ])
    const rig = rigOf(edits, 2, (hive) => hive.lag.push(['~2', anAlert({ id: '~2', severity: 2 })]))
    await rig.drain()
    expect(rig.hive.reads).toEqual(['alerts 2', 'alert ~2'])
  })

  it('is not believed in doubt where the wanted value stood there before, too', async () => {
    const tried = closings(2).map((one): Operation => {
      return { ...one, mustVerify: true, attempts: 1, firstSentAt: 5_000, base: { status: 'New' } }
    })
    const before = anAlert({ id: '~2', status: 'Ignored' })
    const rig = rigOf(tried, 2, (hive) => hive.lag.push(['~2', before]))
    await rig.drain()
    expect(rig.hive.effects).toHaveLength(2)
    expect(rig.states()).toEqual({ 'op~1': 'sent', 'op~2': 'sent' })
  })

  it('is not believed where the wanted value stood there before, too', async () => {
    const before = anAlert({ id: '~2', status: 'Ignored' })
    const rig = rigOf([close('first', '~2', { status: 'New' })], 2, (hive) => hive.lag.push(['~2', before]))
    await rig.drain()
    await rig.book.append([close('again', '~2'), close('other', '~1')])
    await rig.drain()
    expect(rig.hive.reads.slice(-2)).toEqual(['alerts 2', 'alert ~2'])
  })

  it('is not believed where it shows what was there before the request left, though the copy has nothing newer', async () => {
    const before = anAlert({ id: '~2', status: 'Ignored' })
    const rig = rigOf(closings(2), 2, (hive) => hive.lag.push(['~2', before]))
    await rig.drain()
    expect(rig.hive.reads).toEqual(['alerts 2', 'alert ~2'])
  })

  it('is not believed before one: what took hold is not sent again', async () => {
    const sent = closings(4).map((one): Operation => ({ ...one, mustVerify: true, attempts: 1 }))
    const rig = rigOf(sent, 4, (hive) => {
      alertIds(4).forEach((id) => hive.change(id, { status: 'Ignored' }))
      stale(hive)
    })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations.every(({ state }) => state === 'sent')).toBe(true)
  })
})

describe('merges into one case', () => {
  const merges = (count: number) => alertIds(count).map((id) => merge(`op${id}`, id))

  it('go by fifties', async () => {
    const rig = rigOf(merges(120), 120)
    await rig.drain()
    expect(rig.hive.requests).toEqual([50, 50, 20])
    once(rig.hive.effects)
  })

  it('of which one is in another case, one in this, and one gone: the others go together', async () => {
    const rig = rigOf(merges(6), 6, (hive) => {
      hive.change('~2', { caseId: '~77' })
      hive.cases.set('~900', aCase({ id: '~900' }))
      hive.change('~3', { caseId: '~900' })
      hive.alerts.delete('~4')
    })
    await rig.drain()
    expect(rig.states()).toMatchObject({
      'op~1': 'sent',
      'op~2': 'conflict',
      'op~3': 'sent',
      'op~4': 'rejected',
    })
    expect(rig.hive.effects).toEqual(['merge ~1 ~900', 'merge ~5 ~900', 'merge ~6 ~900'])
  })
})

describe('deletions of many alerts', () => {
  it('go together, and the copies leave', async () => {
    const rig = rigOf(
      alertIds(3).map((alertId) => anOperation('alert.delete', {}, { id: `op${alertId}`, alertId })),
      3,
    )
    await rig.drain()
    expect(rig.hive.requests).toEqual([3])
    expect(rig.hive.reads).toEqual(['alerts 3'])
    expect(rig.calls.filter(({ method }) => method === 'removeAlert')).toHaveLength(3)
  })
})

describe('neighbouring edits of one alert', () => {
  const edits = (...changes: AlertChange[]) => changes.map((change, at) => close(`op${at}`, '~1', change))

  it('are one request, each with its receipt', async () => {
    const rig = runnerRig(edits({ severity: 3 }, { title: 'T' }, { severity: 4 }))
    await rig.drain()
    expect(rig.hive.effects).toEqual(['update ~1 {"severity":4,"title":"T"}'])
    expect(rig.outbox.operations.map(({ receipt }) => receipt?.note)).toEqual([
      'The server took the change. It went together with the next edit.',
      'The server took the change. It went together with the next edit.',
      'The server took the change.',
    ])
  })

  it('whose answer is lost are asked about as one: the value in between is nobody’s', async () => {
    const rig = runnerRig(
      edits({ severity: 3 }, { severity: 4 }).map((one): Operation => ({ ...one, base: { severity: 2 } })),
    )
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['update ~1 {"severity":4}'])
    expect(rig.states()).toEqual({ op0: 'sent', op1: 'sent' })
  })

  it.each([
    ['the first', { severity: 2 }, { severity: 4 }],
    ['one in between', { severity: 3 }, { severity: 2 }, { severity: 4 }],
  ] as [string, ...AlertChange[]][])(
    'of which %s wants what was there before are not taken for done where nothing took hold',
    async (_which, ...changes) => {
      const rig = runnerRig(edits(...changes))
      rig.hive.plan.push({ when: 'before', kind: 'timeout' })
      await rig.drain()
      rig.time.now += 600_000
      await rig.drain()
      expect(rig.hive.effects).toEqual(['update ~1 {"severity":4}'])
    },
  )

  it('of which one was put on hold after they went out are asked about as one, and never half undone', async () => {
    const [first, second] = edits({ severity: 3 }, { severity: 4 }).map((one): Operation => ({
      ...one,
      base: { severity: 2 },
      mustVerify: true,
      attempts: 1,
    })) as [Operation, Operation]
    const held: Operation = { ...second, state: 'held', notBefore: 1e12 }
    const landed = runnerRig([first, held], (hive) => hive.change('~1', { severity: 4 }))
    await landed.drain()
    expect(landed.hive.effects).toEqual([])
    expect(landed.states()).toEqual({ op0: 'sent', op1: 'sent' })
    const lost = runnerRig([first, held])
    await lost.drain()
    expect(lost.hive.effects).toEqual(['update ~1 {"severity":3}'])
    expect(lost.states()).toEqual({ op0: 'sent', op1: 'held' })
  })

  it('of which the server refuses one are sent one by one', async () => {
    const rig = runnerRig(edits({ severity: 3 }, { title: 'T' }))
    rig.hive.plan.push({ when: 'before', kind: 'rejected' }, undefined, { when: 'before', kind: 'rejected' })
    await rig.drain()
    expect(rig.states()).toEqual({ op0: 'sent', op1: 'rejected' })
    expect(rig.hive.effects).toEqual(['update ~1 {"severity":3}'])
  })

  it('of an observable that a colleague changed in one field: only that edit waits', async () => {
    const edit = (id: string, change: object, base: object) =>
      anOperation('observable.update', { observableId: '~o1', change }, { id, base: { ...base } })
    const rig = runnerRig(
      [edit('a', { ioc: true }, { ioc: false }), edit('b', { message: 'mine' }, { message: 'seen' })],
      (hive) => hive.observables.push(anObservable({ ioc: false, message: 'theirs' })),
    )
    await rig.drain()
    expect(rig.states()).toEqual({ a: 'sent', b: 'conflict' })
    expect(rig.hive.effects).toEqual(['update-observable ~o1 {"ioc":true}'])
  })
})

describe('equal edits of many observables of one alert', () => {
  const edit = (id: string) =>
    anOperation('observable.update', { observableId: id, change: { ioc: true } }, { id: `op${id}` })

  it('go together; one that is gone is told', async () => {
    const rig = runnerRig([edit('~o1'), edit('~o2'), edit('~o3')], (hive) =>
      hive.observables.push(anObservable({ id: '~o1' }), anObservable({ id: '~o3' })),
    )
    await rig.drain()
    expect(rig.states()).toEqual({ 'op~o1': 'sent', 'op~o2': 'rejected', 'op~o3': 'sent' })
    expect(rig.hive.requests).toEqual([2])
  })
})
