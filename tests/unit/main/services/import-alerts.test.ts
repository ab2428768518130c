import { describe, expect, it } from 'vitest'
import { mergeAlerts, promoteAlert } from '#main/services/import-alerts.ts'
import { dropOperation, undoGroup } from '#main/services/outbox.ts'
import { aCase, anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const two = () =>
  servicesRig({ alerts: [anAlert(), anAlert({ id: '~2', sourceRef: 'r-2' })], cases: [aCase()] })

describe('promoteAlert', () => {
  it('predicts the case: template prefix and tags, the choices before the alert', async () => {
    const { context, outbox } = two()
    const choices = { caseTemplate: 'malware', title: 'Loader', severity: 4 as const }
    const { caseId } = await promoteAlert({ id: '~1', choices }, context)
    expect(outbox.operations).toMatchObject([
      {
        kind: 'alert.promote',
        payload: {
          predicted: {
            id: caseId,
            title: '[Malware] Loader',
            severity: 4,
            tags: ['edr', 'malware'],
            assignee: 'ana',
          },
        },
      },
    ])
  })

  it('predicts it as this kind of server makes one', async () => {
    const catalog = {
      caseStatuses: [{ value: 'Open', stage: 'InProgress', order: 0, hidden: false } as const],
    }
    const { context, outbox } = servicesRig({ alerts: [anAlert()], catalog, flavour: 'thehive4' })
    await promoteAlert({ id: '~1', choices: { caseTemplate: 'malware' } }, context)
    const predicted = { title: '[Malware]Encoded PowerShell', status: 'Open', stage: 'InProgress' }
    expect(outbox.operations).toMatchObject([{ payload: { predicted } }])
  })

  it('shows whatever was chosen, and the fields of the alert and the template under other names', async () => {
    const definition = { displayName: '', type: 'string', description: '', mandatory: false, options: [] }
    const field = (name: string, value: string) => ({ name, type: 'string', value })
    const { context, outbox } = servicesRig({
      alerts: [anAlert({ customFields: [field('unit', 'north'), field('score', '1')] })],
      catalog: { customFields: ['unit', 'score', 'owner'].map((name) => ({ ...definition, name })) },
    })
    const words = { description: 'Other words', summary: 'So far', flag: true }
    const moments = { startDate: 5, endDate: 7 }
    const choices = {
      ...{ ...words, ...moments, status: 'InProgress', customFields: [field('unit', 'south')] },
      tasks: [{ title: 'Call back', mandatory: true }],
    }
    await promoteAlert({ id: '~1', choices }, context)
    expect(outbox.operations).toMatchObject([
      {
        payload: {
          choices,
          predicted: {
            ...{ ...words, ...moments, status: 'InProgress', stage: 'InProgress' },
            customFields: [field('unit', 'south'), field('score', '1')],
          },
        },
      },
    ])
  })

  it.each([
    ['a status', { status: 'Nonsense' }],
    ['a custom field', { customFields: [{ name: 'nobody', type: 'string', value: 'x' }] }],
  ])('refuses %s the server does not have', async (_, choices) => {
    const { context, outbox } = two()
    await expect(promoteAlert({ id: '~1', choices }, context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(outbox.operations).toEqual([])
  })

  it('refuses pages where cases have none', async () => {
    const { context } = servicesRig({
      alerts: [anAlert()],
      capabilities: { cannot: { promotePages: 'No pages.' } },
    })
    const choices = { pages: [{ title: 'Playbook', category: 'How to', content: '' }] }
    await expect(promoteAlert({ id: '~1', choices }, context)).rejects.toMatchObject({ message: 'No pages.' })
  })

  it('refuses a template nobody has, and an alert that is in a case, waiting ones included', async () => {
    const { context } = two()
    const unknown = promoteAlert({ id: '~1', choices: { caseTemplate: 'none' } }, context)
    await expect(unknown).rejects.toMatchObject({ kind: 'rejected' })
    await promoteAlert({ id: '~1', choices: {} }, context)
    await expect(promoteAlert({ id: '~1', choices: {} }, context)).rejects.toMatchObject({ kind: 'rejected' })
  })
})

describe('mergeAlerts', () => {
  it('into a case that still waits follows the promotion that makes it', async () => {
    const { context, outbox } = two()
    const { caseId } = await promoteAlert({ id: '~1', choices: {} }, context)
    await mergeAlerts({ ids: ['~2'], caseId }, context)
    expect(outbox.operations[1]?.dependsOn).toEqual([outbox.operations[0]?.id])
  })

  it('into a case nobody has is refused', async () => {
    const { context } = two()
    await expect(mergeAlerts({ ids: ['~1'], caseId: '~404' }, context)).rejects.toMatchObject({
      kind: 'not-found',
    })
  })
})

describe('taking back', () => {
  it('a promotion that a merge builds on is refused until the merge is taken back', async () => {
    const { context, outbox } = two()
    const promoted = await promoteAlert({ id: '~1', choices: {} }, context)
    const merged = await mergeAlerts({ ids: ['~2'], caseId: promoted.caseId }, context)
    await expect(undoGroup(promoted.groupId, context)).rejects.toMatchObject({ details: { followers: 1 } })
    expect(outbox.operations).toHaveLength(2)
    await undoGroup(merged.groupId, context)
    expect(await undoGroup(promoted.groupId, context)).toEqual({ count: 1 })
    expect(outbox.operations).toEqual([])
  })

  it('what may have left already is not taken back, and says why', async () => {
    const { context, outbox } = two()
    const { groupId } = await promoteAlert({ id: '~1', choices: {} }, context)
    context.book.save({ ...outbox.operations[0]!, state: 'retry-at', mustVerify: true })
    await expect(undoGroup(groupId, context)).rejects.toMatchObject({ kind: 'rejected' })
    await expect(
      dropOperation({ id: outbox.operations[0]!.id, together: [] }, context),
    ).rejects.toMatchObject({ kind: 'rejected' })
    expect(outbox.operations).toHaveLength(1)
  })
})
