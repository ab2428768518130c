import { describe, expect, it } from 'vitest'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from '#main/services/triage.ts'
import { undoGroup } from '#main/services/outbox.ts'
import { anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const three = () => [anAlert(), anAlert({ id: '~2' }), anAlert({ id: '~3' })]

describe('marks over many alerts', () => {
  it.each([
    ['read', readAlerts, { read: true }],
    ['follow', followAlerts, { follow: false }],
    ['delete', deleteAlerts, {}],
  ] as const)('%s: one operation an alert, one group, taken back together', async (kind, decide, payload) => {
    const { context, outbox } = servicesRig({ alerts: three() })
    const given = { ids: ['~1', '~2', '~3'], ...payload } as never
    const { groupId, count } = await decide(given, context)
    expect(count).toBe(3)
    expect(outbox.operations).toMatchObject(
      ['~1', '~2', '~3'].map((alertId) => ({ kind: `alert.${kind}`, alertId, groupId, payload })),
    )
    expect(await undoGroup(groupId, context)).toEqual({ count: 3 })
    expect(outbox.operations).toEqual([])
  })

  it.each([
    ['read', readAlerts, 'markRead'],
    ['follow', followAlerts, 'followAlert'],
    ['delete', deleteAlerts, 'deleteAlert'],
  ] as const)('%s: refused with the server’s own words where it cannot', async (_, decide, ability) => {
    const capabilities = { cannot: { [ability]: 'This server has no such thing.' } }
    const { context, outbox } = servicesRig({ alerts: three(), capabilities })
    await expect(decide({ ids: ['~1'] } as never, context)).rejects.toMatchObject({
      kind: 'forbidden',
      message: 'This server has no such thing.',
    })
    expect(outbox.operations).toEqual([])
  })
})

describe('the read mark, where the status follows it', () => {
  const capabilities = { cannot: { status: 'Statuses are made of read mark and case.' } }

  it.each([
    [true, undefined, { status: 'Ignored', stage: 'Closed' }],
    [false, undefined, { status: 'New', stage: 'New' }],
    [true, '~9', { status: 'Imported', stage: 'Imported' }],
    [false, '~9', { status: 'Updated', stage: 'New' }],
  ])('read %s in case %s', async (read, caseId, effect) => {
    const alert = anAlert(caseId === undefined ? {} : { caseId })
    const { context, outbox } = servicesRig({ alerts: [alert], capabilities })
    await readAlerts({ ids: ['~1'], read }, context)
    expect(outbox.operations).toMatchObject([{ payload: { read, effect } }])
  })

  it('and where it does not, only the mark changes', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await readAlerts({ ids: ['~1'], read: true }, context)
    expect(outbox.operations[0]?.payload).toEqual({ read: true })
  })
})

describe('an alert that is being deleted', () => {
  it('takes no further decision until the deletion is taken back', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    const { groupId } = await deleteAlerts({ ids: ['~1'] }, context)
    const change = { severity: 4 as const }
    await expect(updateAlerts({ ids: ['~1'], change }, context)).rejects.toMatchObject({ kind: 'rejected' })
    await expect(deleteAlerts({ ids: ['~1'] }, context)).rejects.toMatchObject({ kind: 'rejected' })
    await undoGroup(groupId, context)
    await updateAlerts({ ids: ['~1'], change }, context)
    expect(outbox.operations).toMatchObject([{ kind: 'alert.update' }])
  })
})

describe('closing', () => {
  const field = { name: 'unit', displayName: 'Business unit', type: 'string', description: '', options: [] }
  const catalog = { customFields: [{ ...field, mandatory: true }] }
  const empty = anAlert({ customFields: [{ name: 'unit', type: 'string', value: null }] })

  it('is refused while a mandatory field is empty, and names it', async () => {
    const { context, outbox } = servicesRig({ alerts: [empty], catalog })
    const wish = updateAlerts({ ids: ['~1'], change: { status: 'Ignored' } }, context)
    await expect(wish).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('Business unit') as string,
    })
    expect(outbox.operations).toEqual([])
  })

  it('goes through when the same decision fills it in, or a pending one has', async () => {
    const { context, outbox } = servicesRig({ alerts: [empty], catalog })
    const customFields = [{ name: 'unit', type: 'string', value: 'north' }]
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored', customFields } }, context)
    expect(outbox.operations).toHaveLength(1)
    const other = servicesRig({ alerts: [empty], catalog })
    await updateAlerts({ ids: ['~1'], change: { customFields } }, other.context)
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored' } }, other.context)
    expect(other.outbox.operations).toHaveLength(2)
  })

  it('asks nothing of alerts that do not have the field', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()], catalog })
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored' } }, context)
    expect(outbox.operations).toHaveLength(1)
  })
})

it('a marking the server cannot store is refused with those it can', async () => {
  const tlps = ['clear', 'green', 'amber', 'red'] as const
  const { context, outbox } = servicesRig({ alerts: [anAlert()], capabilities: { tlps: [...tlps] } })
  const wish = updateAlerts({ ids: ['~1'], change: { tlp: 'amber-strict' } }, context)
  await expect(wish).rejects.toMatchObject({
    message: 'This server cannot store TLP AMBER+STRICT.',
    next: 'Pick one of CLEAR, GREEN, AMBER, RED.',
  })
  expect(outbox.operations).toEqual([])
})
