import { describe, expect, it } from 'vitest'
import { editedNames } from '#main/domain/custom-fields.ts'
import { namedEditOf } from '#main/domain/fold-alert.ts'
import { createCase, updateCases } from '#main/services/change-cases.ts'
import { importAlerts, mergeAlerts, promoteAlert, unlinkAlert } from '#main/services/import-alerts.ts'
import { aCase, anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const input = {
  ...{ title: 'Wave', description: '', tags: ['mail'] },
  ...({ severity: 2, tlp: 'amber', pap: 'amber' } as const),
}
const rig = (over: Parameters<typeof servicesRig>[0] = {}) =>
  servicesRig({ alerts: [anAlert(), anAlert({ id: '~2' })], cases: [aCase()], ...over })

describe('a new case', () => {
  it('is predicted with its template’s prefix and tags, and is ours', async () => {
    const { context, outbox } = rig()
    const { caseId } = await createCase({ input: { ...input, caseTemplate: 'phishing' } }, context)
    expect(outbox.operations).toMatchObject([
      {
        alertId: caseId,
        payload: {
          predicted: { id: caseId, title: '[Phishing] Wave', tags: ['mail', 'phishing'], assignee: 'ana' },
        },
      },
    ])
    const unknown = createCase({ input: { ...input, caseTemplate: 'none' } }, context)
    await expect(unknown).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('takes alerts and changes before the server has it: they follow it', async () => {
    const { context, outbox } = rig()
    const { caseId } = await createCase({ input }, context)
    await mergeAlerts({ ids: ['~1'], caseId }, context)
    await importAlerts({ ids: ['~2'], caseId }, context)
    await updateCases({ ids: [caseId], change: { flag: true } }, context)
    const [create, ...rest] = outbox.operations
    expect(rest.map((one) => one.dependsOn)).toEqual([[create!.id], [create!.id], [create!.id]])
    expect(rest[2]).toMatchObject({ alertId: caseId, base: { flag: false } })
  })
})

describe('a change of a case', () => {
  it('remembers what was seen, a promise included', async () => {
    const { context, outbox } = rig()
    const { caseId } = await promoteAlert({ id: '~1', choices: { severity: 3 } }, context)
    await updateCases({ ids: [caseId, '~9'], change: { severity: 4 } }, context)
    expect(outbox.operations.slice(1)).toMatchObject([
      { alertId: caseId, base: { severity: 3 }, dependsOn: [outbox.operations[0]!.id] },
      { alertId: '~9', base: { severity: 2 }, dependsOn: [] },
    ])
  })

  it('of its status leads to the stage; one nobody has is refused', async () => {
    const { context, outbox } = rig()
    await updateCases({ ids: ['~9'], change: { status: 'FalsePositive' } }, context)
    expect(outbox.operations).toMatchObject([{ payload: { effect: { stage: 'Closed' } } }])
    const unknown = updateCases({ ids: ['~9'], change: { status: 'Nonsense' } }, context)
    await expect(unknown).rejects.toMatchObject({ kind: 'rejected' })
  })

  it.each([
    ['closing', 'closeCase', aCase(), 'FalsePositive'],
    ['reopening', 'reopenCase', aCase({ stage: 'Closed', status: 'Other' }), 'InProgress'],
  ] as const)('%s is refused without the permission', async (_, ability, known, status) => {
    const { context } = rig({ cases: [known], capabilities: { cannot: { [ability]: 'You may not.' } } })
    const wish = updateCases({ ids: ['~9'], change: { status } }, context)
    await expect(wish).rejects.toMatchObject({ message: 'You may not.' })
  })

  it('closing is refused while a mandatory field is empty, unless the same change fills it', async () => {
    const field = { name: 'unit', displayName: 'Business unit', type: 'string', description: '', options: [] }
    const customFields = [{ name: 'unit', type: 'string', value: '' }]
    const catalog = { customFields: [{ ...field, mandatory: true }] }
    const { context, outbox } = rig({ cases: [aCase({ customFields })], catalog })
    const wish = updateCases({ ids: ['~9'], change: { status: 'Other' } }, context)
    await expect(wish).rejects.toMatchObject({ details: { fields: 'Business unit' } })
    const filled = [{ name: 'unit', type: 'string', value: 'Sales' }]
    const change = { status: 'Other', customFields: filled }
    await updateCases({ ids: ['~9'], change }, context)
    expect(outbox.operations).toMatchObject([{ payload: { change }, base: { customFields } }])
  })

  it('puts back no field that a colleague set while the case was edited', async () => {
    const fields = (unit: string, score: string) => [
      { name: 'unit', type: 'string', value: unit },
      { name: 'score', type: 'string', value: score },
    ]
    const { context, outbox } = rig({ cases: [aCase({ customFields: fields('f', 'by Ben'), severity: 3 })] })
    const change = { customFields: fields('mine', 'g'), severity: 4 } as const
    const before = { '~9': { customFields: fields('f', 'g'), severity: 2 } } as const
    await updateCases({ ids: ['~9'], change, before }, context)
    const [queued] = outbox.operations
    expect(editedNames(namedEditOf(queued!)!)).toEqual(['unit'])
    expect(queued).toMatchObject({ state: 'conflict', conflicts: [{ field: 'severity', theirs: 3 }] })
    expect(queued?.conflicts).toHaveLength(1)
  })

  it('an empty mandatory field that was taken off hinders closing no more', async () => {
    const field = { name: 'unit', displayName: 'Business unit', type: 'string', description: '', options: [] }
    const customFields = [{ name: 'unit', type: 'string', value: null }]
    const catalog = { customFields: [{ ...field, mandatory: true }] }
    const { context } = rig({ cases: [aCase({ customFields })], catalog })
    await updateCases({ ids: ['~9'], change: { customFields: [] } }, context)
    await updateCases({ ids: ['~9'], change: { status: 'Other' } }, context)
  })

  it('of a case nobody has is refused, and nothing is queued', async () => {
    const { context, outbox } = rig()
    const wish = updateCases({ ids: ['~9', '~404'], change: { flag: true } }, context)
    await expect(wish).rejects.toMatchObject({ kind: 'not-found' })
    expect(outbox.operations).toEqual([])
  })
})

describe('unlinking', () => {
  it('names the case it leaves, and frees the alert for another', async () => {
    const { context, outbox } = rig({ alerts: [anAlert({ caseId: '~9' })] })
    await unlinkAlert({ id: '~1' }, context)
    await mergeAlerts({ ids: ['~1'], caseId: '~9' }, context)
    expect(outbox.operations).toMatchObject([
      { kind: 'alert.unlink', payload: { caseId: '~9' }, base: { caseId: '~9' } },
      { kind: 'alert.merge', base: { caseId: null } },
    ])
  })

  it('an alert in no case is refused', async () => {
    const { context } = rig()
    await expect(unlinkAlert({ id: '~1' }, context)).rejects.toMatchObject({ kind: 'rejected' })
  })
})

describe('merging', () => {
  it('into a case the server no longer shows is refused by name', async () => {
    const { context, outbox } = rig({ cases: [aCase({ gone: true })] })
    const wish = mergeAlerts({ ids: ['~1'], caseId: '~9' }, context)
    await expect(wish).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('#9') as string,
    })
    expect(outbox.operations).toEqual([])
  })
})

describe('promotion', () => {
  it('with values of its own is refused where the server takes none; with a template alone it is not', async () => {
    const { context } = rig({ capabilities: { cannot: { promoteOverrides: 'Template only.' } } })
    const own = promoteAlert({ id: '~1', choices: { title: 'x' } }, context)
    await expect(own).rejects.toMatchObject({ message: 'Template only.' })
    await promoteAlert({ id: '~1', choices: { caseTemplate: 'phishing' } }, context)
  })
})
