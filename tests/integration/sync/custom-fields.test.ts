import { describe, expect, it } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import { updateCases } from '#main/services/change-cases.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { deciding } from '#tests/support/sync/deciding.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

const unit = (value: string | null): CustomFieldValue[] => [
  { name: 'business-unit', type: 'string', value, order: 0 },
]
const valuesOf = (fields: readonly CustomFieldValue[] = []) => fields.map(({ name, value }) => [name, value])

/** An alert and a case, both with these custom fields, as a colleague left them. */
async function withFields(rig: PullRig, customFields: CustomFieldValue[]) {
  const id = rig.shown().find((one) => rig.reader.detail(one)?.alert.stage === 'New') ?? expect.fail('none')
  const input = { title: 'Wave', description: '', severity: 2, tlp: 'amber', pap: 'amber', tags: [] } as const
  const { id: caseId } = await rig.colleague.createCase({ ...input, tags: [] }, signal)
  await rig.colleague.updateAlert(id, { customFields }, signal)
  await rig.colleague.updateCase(caseId, { customFields }, signal)
  await rig.round()
  return { id, caseId }
}

describe.each(['thehive5', 'thehive4', 'thehive3'] as const)('custom fields on a %s', (flavour) => {
  it('one that is empty is taken off, and put on again', async () => {
    const rig = await startPullRig({ flavour })
    const { id, caseId } = await withFields(rig, unit(null))
    const context = await deciding(rig)
    const both = async (customFields: CustomFieldValue[]) => {
      await updateAlerts({ ids: [id], change: { customFields } }, context)
      await updateCases({ ids: [caseId], change: { customFields } }, context)
      await rig.round()
      expect(rig.outbox.operations.filter(({ state }) => state !== 'sent')).toEqual([])
      return [(await rig.colleague.alert(id, signal))?.customFields, rig.reader.case(caseId)?.customFields]
    }
    expect((await both([])).map(valuesOf)).toEqual([[], []])
    expect((await both(unit(null))).map(valuesOf)).toEqual([valuesOf(unit(null)), valuesOf(unit(null))])
  })

  it('two edits of a case that go as one write over none that a colleague set', async () => {
    const rig = await startPullRig({ flavour })
    const { caseId } = await withFields(rig, unit('Sales'))
    const context = await deciding(rig)
    rig.engine().workOffline(true)
    await rig.round()
    for (const value of ['Finance', 'Sales'])
      await updateCases({ ids: [caseId], change: { customFields: unit(value) } }, context)
    await rig.colleague.updateCase(caseId, { customFields: unit('Operations') }, signal)
    rig.engine().workOffline(false)
    await rig.rounds(2)
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'customFields.business-unit', theirs: 'Operations' }],
    })
    const now = await rig.colleague.case(caseId, signal)
    expect(valuesOf(now?.customFields)).toEqual(valuesOf(unit('Operations')))
  })
})
