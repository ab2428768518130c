import { describe, expect, it } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { Case, CaseChange } from '#shared/model/case.ts'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anOperation } from '#tests/support/make.ts'
import { secondAlert } from '#tests/support/sync/kind-cases.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'
import type { ModelHive } from '#tests/support/sync/runner-rig.ts'

const field = (name: string, value: string): CustomFieldValue => ({ name, type: 'string', value })

describe('a new case', () => {
  const input = {
    title: 'Wave',
    description: '',
    severity: 2,
    tlp: 'amber',
    pap: 'amber',
    tags: ['mail'],
  } as const
  const create = () =>
    anOperation(
      'case.create',
      { input: { ...input, tags: ['mail'] }, predicted: aCase({ id: 'local:c' }) },
      { id: 'op-c', alertId: 'local:c' },
    )

  it('loses its marker as soon as its id is known', async () => {
    const rig = runnerRig([create()])
    await rig.drain()
    expect([...rig.hive.cases.values()]).toMatchObject([{ title: 'Wave', tags: ['mail'] }])
  })

  it('whose marker could not be removed is found by its id, and made once', async () => {
    const rig = runnerRig([create()])
    rig.hive.plan.push(undefined, { when: 'after', kind: 'timeout' })
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'retry-at' })
    rig.restart()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'sent' })
    expect(rig.hive.cases.size).toBe(1)
  })

  it('that the list does not show yet is not opened a second time', async () => {
    const rig = runnerRig([create()])
    const { cases } = rig.hive.server
    rig.hive.server.cases = () => Promise.resolve([])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 60_000
    await rig.drain()
    expect(rig.hive.cases.size).toBe(1)
    expect(rig.states()).toEqual({ 'op-c': 'retry-at' })
    rig.hive.server.cases = cases
    rig.time.now += 60_000
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'sent' })
    expect(rig.hive.cases.size).toBe(1)
  })

  it.each([
    ['nobody answered', { kind: 'timeout' }],
    ['the server said that it failed', { kind: 'server-error', status: 500 }],
  ] as const)('nor where our clock, an hour behind, was set right meanwhile: %s', async (_when, failure) => {
    const rig = runnerRig([create()])
    const { cases } = rig.hive.server
    Object.assign(rig.hive.server, { cases: () => Promise.resolve([]), clockAhead: () => 3_600_000 })
    rig.hive.plan.push({ when: 'after', ...failure })
    await rig.drain()
    rig.time.now += 3_600_000 + 60_000
    Object.assign(rig.hive.server, { clockAhead: () => 0 })
    await rig.drain()
    expect(rig.hive.cases.size).toBe(1)
    expect(rig.states()).toEqual({ 'op-c': 'retry-at' })
    Object.assign(rig.hive.server, { cases })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'sent' })
    expect(rig.hive.cases.size).toBe(1)
  })

  it('in doubt does not wait for our clock, which was set back behind the server’s after an attempt that did not happen', async () => {
    const rig = runnerRig([create()])
    rig.time.now += 3_600_000
    rig.hive.plan.push(
      { when: 'before', kind: 'server-error', status: 503 },
      { when: 'before', kind: 'rate-limited' },
    )
    await rig.drain()
    rig.time.now += 200_000
    await rig.drain()
    rig.time.now += 200_000 - 3_600_000
    Object.assign(rig.hive.server, { clockAhead: () => 3_600_000 })
    rig.book.saveAll(rig.book.all().map((one) => ({ ...one, notBefore: 0 })))
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'sent' })
    expect(rig.hive.cases.size).toBe(1)
  })

  it('says so when the server does not let the marker be removed', async () => {
    const rig = runnerRig([create()])
    rig.hive.plan.push(undefined, { when: 'before', kind: 'forbidden' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'sent',
      receipt: { note: expect.stringContaining('forager-op:op-c') as string },
    })
  })

  it('takes alerts and changes that were decided before the server had it', async () => {
    const merge = anOperation('alert.merge', { caseId: 'local:c' }, { id: 'm', dependsOn: ['op-c'] })
    const flag = anOperation(
      'case.update',
      { change: { flag: true }, effect: {} },
      { id: 'f', alertId: 'local:c', dependsOn: ['op-c'], base: { flag: false } },
    )
    const rig = runnerRig([create(), merge, flag], secondAlert)
    await rig.drain()
    expect(rig.states()).toEqual({ 'op-c': 'sent', m: 'sent', f: 'sent' })
    expect(rig.hive.alerts.get('~1')?.caseId).toBe('~101')
    expect(rig.hive.cases.get('~101')).toMatchObject({ flag: true })
  })
})

describe('a case', () => {
  it('whose field a colleague has changed waits for the analyst', async () => {
    const update = anOperation(
      'case.update',
      { change: { severity: 4, flag: true }, effect: {} },
      { alertId: '~9', base: { severity: 2, flag: false } },
    )
    const rig = runnerRig([update], (hive) => hive.cases.set('~9', aCase({ severity: 3 })))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'severity', base: 2, mine: 4, theirs: 3 }],
    })
  })
})

describe('what was decided about a case that was only promised', () => {
  const promised = aCase({ id: 'local:c', title: 'Wave', description: 'First\n\nLast' })
  const worded = { status: 'Open', stage: 'InProgress', title: '[X]Wave' } as const
  const create = anOperation(
    'case.create',
    { input: { ...promised, number: undefined } as never, predicted: promised },
    { id: 'c', alertId: 'local:c' },
  )
  const promote = anOperation('alert.promote', { choices: {}, predicted: promised }, { id: 'c' })
  const update = (change: CaseChange, over: Partial<Operation>) =>
    anOperation('case.update', { change, effect: {} }, { alertId: 'local:c', dependsOn: ['c'], ...over })
  const close = update({ status: 'FalsePositive' }, { id: 'close', base: { status: 'New' } })
  const reopen = update({ status: 'InProgress' }, { id: 'reopen', base: { status: 'FalsePositive' } })
  const rename = update({ title: 'Tide' }, { id: 'rename', base: { title: 'Wave' } })

  /** Each case as this server words it. */
  const inItsOwnWords = (over: Partial<Case>) => (hive: ModelHive) => {
    const reworded = (made: Case): Case => {
      hive.cases.set(made.id, { ...made, ...over })
      return { ...made, ...over }
    }
    const { createCase, promote: promoteAlert } = hive.server
    hive.server.createCase = async (...given) => reworded(await createCase(...given))
    hive.server.promote = async (...given) => reworded(await promoteAlert(...given))
  }

  it.each([
    ['opened', create],
    ['promoted', promote],
  ])('stands on the case as the server made it: %s', async (_how, made) => {
    const rig = runnerRig([made, close, reopen, rename], inItsOwnWords(worded))
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent', close: 'sent', reopen: 'sent', rename: 'sent' })
    expect([...rig.hive.cases.values()]).toMatchObject([{ status: 'InProgress', title: 'Tide' }])
    expect(rig.outbox.operations.find(({ id }) => id === 'close')?.base).toEqual({ status: 'Open' })
  })

  it('keeps both where a text was worded otherwise elsewhere', async () => {
    const change = { description: 'First\n\nLast, and more' }
    const write = update(change, { id: 'write', base: { description: promised.description } })
    const rig = runnerRig([create, write], inItsOwnWords({ description: 'First.\n\nLast' }))
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent', write: 'sent' })
    expect([...rig.hive.cases.values()]).toMatchObject([{ description: 'First.\n\nLast, and more' }])
  })

  it('is compared where a colleague has changed the case before we knew of it', async () => {
    const rig = runnerRig([promote, close], inItsOwnWords(worded))
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    const [made] = [...rig.hive.cases.values()]
    rig.hive.cases.set(made!.id, { ...made!, status: 'TruePositive', updatedAt: 7_000 })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent', close: 'conflict' })
    expect(rig.hive.cases.get(made!.id)).toMatchObject({ status: 'TruePositive' })
  })
})

describe('custom fields of a case', () => {
  const seen = [field('unit', 'north'), field('score', '1')]
  const change = { customFields: [field('unit', 'south'), field('score', '1')] }
  const update = anOperation(
    'case.update',
    { change, effect: {} },
    { id: 'u', alertId: '~9', base: { customFields: seen } },
  )

  it('of a colleague stay when ours are written, though the whole set travels', async () => {
    const theirs = [field('unit', 'north'), field('score', '9')]
    const rig = runnerRig([update], (hive) => hive.cases.set('~9', aCase({ customFields: theirs })))
    await rig.drain()
    expect(rig.states()).toEqual({ u: 'sent' })
    expect(rig.hive.cases.get('~9')?.customFields).toEqual([field('score', '9'), field('unit', 'south')])
  })

  it('that both set to something else wait for the analyst, by name', async () => {
    const theirs = [field('unit', 'west'), field('score', '1')]
    const rig = runnerRig([update], (hive) => hive.cases.set('~9', aCase({ customFields: theirs })))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'customFields.unit', base: 'north', mine: 'south', theirs: 'west' }],
    })
  })
})

describe('a case and what is merged into it', () => {
  const close = anOperation(
    'case.update',
    { change: { status: 'TruePositive' }, effect: { stage: 'Closed' } },
    { id: 'close', alertId: '~9', base: { status: 'New' } },
  )
  const merge = anOperation('alert.merge', { caseId: '~9' }, { id: 'merge', base: { caseId: null } })

  it.each([
    ['merged, then closed', [merge, close], ['merge ~1 ~9', 'update-case ~9 {"status":"TruePositive"}']],
    ['closed, then merged', [close, merge], ['update-case ~9 {"status":"TruePositive"}', 'merge ~1 ~9']],
  ])('keep their order when the first of two fails at first: %s', async (_how, operations, effects) => {
    const rig = runnerRig(operations, ({ cases }) => cases.set('~9', aCase()))
    rig.hive.plan.push({ when: 'before', kind: 'server-error', status: 503 })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(effects)
    expect(rig.states()).toEqual({ close: 'sent', merge: 'sent' })
  })
})
