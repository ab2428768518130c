import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { AlertChange, CustomFieldValue } from '#shared/model/alert.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { aCase, aCreation, anAlert, anOperation } from '#tests/support/make.ts'
import { secondAlert } from '#tests/support/sync/kind-cases.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'
import type { ModelHive } from '#tests/support/sync/runner-rig.ts'

const field = (name: string, value: string): CustomFieldValue => ({ name, type: 'string', value })

function fieldsFrom(seen: CustomFieldValue[], mine: CustomFieldValue[]) {
  const change: AlertChange = { customFields: mine }
  const draft = { kind: 'alert.update', payload: { change, effect: {} } } as const
  return anOperation('alert.update', draft.payload, {
    id: 'u',
    base: baseFor(draft, anAlert({ customFields: seen })),
  })
}

describe('custom fields', () => {
  const seen = [field('unit', 'north'), field('score', '1')]

  it('of a colleague stay when ours are written, though the whole set travels', async () => {
    const rig = runnerRig([fieldsFrom(seen, [field('unit', 'south'), field('score', '1')])], (hive) =>
      hive.change('~1', {
        customFields: [field('unit', 'north'), field('score', '9'), field('owner', 'bo')],
      }),
    )
    await rig.drain()
    expect(rig.hive.alerts.get('~1')?.customFields).toEqual([
      field('score', '9'),
      field('owner', 'bo'),
      field('unit', 'south'),
    ])
  })

  it('that both set to something else wait for the analyst, by name', async () => {
    const rig = runnerRig([fieldsFrom(seen, [field('unit', 'south'), field('score', '1')])], (hive) =>
      hive.change('~1', { customFields: [field('unit', 'west')] }),
    )
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'customFields.unit', base: 'north', mine: 'south', theirs: 'west' }],
    })
    expect(rig.hive.effects).toEqual([])
  })

  it('that both set to the same are settled without a write', async () => {
    const rig = runnerRig([fieldsFrom(seen, [field('unit', 'south'), field('score', '1')])], (hive) =>
      hive.change('~1', { customFields: [field('unit', 'south')] }),
    )
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.states()).toEqual({ u: 'sent' })
  })
})

describe('a promotion that nobody answered', () => {
  it('and that takes hold between the look and the next attempt is not told as refused', async () => {
    const predicted = aCase({ id: 'local:c' })
    const rig = runnerRig([anOperation('alert.promote', { choices: {}, predicted }, { id: 'p' })])
    const { promote } = rig.hive.server
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    const late: typeof promote = async (...args) => {
      await promote(...args)
      throw new ForagerError('rejected', 'in a case already', { details: { status: 400 } })
    }
    Object.assign(rig.hive.server, { promote: late })
    await rig.drain()
    expect(rig.states()).toEqual({ p: 'sent' })
    expect(rig.hive.effects).toEqual(['promote ~1'])
  })
})

describe('a new alert whose answer was lost', () => {
  const create = anOperation('alert.create', aCreation(), { id: 'c', alertId: 'local:a' })
  const made = (hive: ModelHive) => [...hive.alerts.values()].filter(({ createdBy }) => createdBy === 'ana')

  it('is known again though a colleague gave it another title meanwhile', async () => {
    const rig = runnerRig([create])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    const [alert] = made(rig.hive)
    rig.hive.change(alert?.id ?? '', { title: 'theirs', updatedAt: 7_000 })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { serverId: alert?.id } })
    expect(made(rig.hive)).toHaveLength(1)
  })

  it('or was made without all that came along is in doubt, whatever the rest failed of', async () => {
    const rig = runnerRig([create])
    const details = { status: 401, createdId: '~7' }
    const createAlert = () => Promise.reject(new ForagerError('unauthorised', 'no key', { details }))
    Object.assign(rig.hive.server, { createAlert })
    await rig.drain()
    expect(rig.outbox.operations).toMatchObject([{ state: 'retry-at', mustVerify: true }])
  })

  it('is not one that we made long before under another title', async () => {
    const { type, source, sourceRef } = aCreation().input
    const older = anAlert({ id: '~old', type, source, sourceRef, title: 'before', createdBy: 'ana' })
    const rig = runnerRig([{ ...create, mustVerify: true, firstSentAt: 5_000_000 }], (hive) =>
      hive.alerts.set('~old', { ...older, createdAt: 1_000, updatedAt: 2_000 }),
    )
    rig.time.now = 6_000_000
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'rejected' })
  })
})

describe('a deleted alert', () => {
  const deletion = anOperation('alert.delete', {}, { id: 'd' })

  it('leaves the local copy once the server has done it', async () => {
    const rig = runnerRig([deletion])
    await rig.drain()
    expect(rig.calls.filter(({ method }) => method === 'removeAlert')).toEqual([
      { method: 'removeAlert', args: ['~1'] },
    ])
  })

  it('that a colleague deleted first is done', async () => {
    const rig = runnerRig([{ ...deletion, mustVerify: true }], (hive) => hive.alerts.delete('~1'))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { alreadyThere: true } })
  })

  it('takes nothing else with it: what was decided later says that the alert is gone', async () => {
    const note = anOperation(
      'alert.update',
      { change: { severity: 4 }, effect: {} },
      { id: 'n', mustVerify: true },
    )
    const rig = runnerRig([deletion, note])
    await rig.drain()
    expect(rig.states()).toEqual({ d: 'sent', n: 'rejected' })
  })
})

describe('unlinking', () => {
  it('from a case promised a minute before goes to the case the server made', async () => {
    const predicted = aCase({ id: 'local:c' })
    const promote = anOperation(
      'alert.promote',
      { choices: {}, predicted },
      { id: 'p', base: { caseId: null } },
    )
    const unlink = anOperation(
      'alert.unlink',
      { caseId: 'local:c' },
      { id: 'u', dependsOn: ['p'], base: { caseId: 'local:c' } },
    )
    const rig = runnerRig([promote, unlink])
    await rig.drain()
    expect(rig.hive.effects).toEqual(['promote ~1', 'unlink ~1 ~101'])
  })

  it('an alert that somebody has moved to another case waits for the analyst', async () => {
    const unlink = anOperation('alert.unlink', { caseId: '~9' }, { base: { caseId: '~9' } })
    const rig = runnerRig([unlink], (hive) => hive.change('~1', { caseId: '~77' }))
    rig.hive.plan.push({ when: 'before', kind: 'not-found' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'caseId', theirs: '~77' }],
    })
  })
})

describe('a merge into a case that is gone', () => {
  it('waits with that reason, and the case is marked', async () => {
    const merge = anOperation('alert.merge', { caseId: '~9' }, { base: { caseId: null } })
    const rig = runnerRig([merge])
    rig.hive.plan.push({ when: 'before', kind: 'not-found' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'rejected',
      lastError: { kind: 'not-found', message: expect.stringContaining('this case') as string },
    })
    expect(rig.calls).toContainEqual({ method: 'markCasesGone', args: [['~9']] })
  })
})

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

it('decisions under a local id and under the server’s keep their order', async () => {
  const held = anOperation(
    'comment.add',
    { localId: 'local:1', message: 'first' },
    { id: 'a', alertId: 'local:a', state: 'retry-at', notBefore: 50_000 },
  )
  const later = anOperation('comment.add', { localId: 'local:2', message: 'second' }, { id: 'b' })
  const rig = runnerRig([held, later])
  rig.book.mapId('local:a', '~1')
  await rig.drain()
  expect(rig.hive.effects).toEqual([])
  rig.time.now = 60_000
  await rig.drain()
  expect(rig.hive.effects).toEqual(['comment ~1 first', 'comment ~1 second'])
})
