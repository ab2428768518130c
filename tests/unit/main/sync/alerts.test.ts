import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { AlertChange, CustomFieldValue } from '#shared/model/alert.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { aCase, aCreation, anAlert, anOperation } from '#tests/support/make.ts'
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

describe('a link that is taken away', () => {
  it.each(['asked about after a lost answer', 'compared before it is sent'])(
    'and is not there any more is no conflict: %s',
    async (how) => {
      const taken = anOperation(
        'alert.update',
        { change: { externalLink: '' }, effect: {} },
        {
          ...{ base: { externalLink: 'https://siem.example/1' }, state: 'ready' },
          ...(how.startsWith('asked') ? { mustVerify: true, attempts: 1 } : { mustCompare: true }),
        },
      )
      const rig = runnerRig([taken])
      await rig.drain()
      expect(rig.outbox.operations).toMatchObject([{ state: 'sent' }])
    },
  )
})
