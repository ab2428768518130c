import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Capabilities } from '#shared/model/session.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

describe('updateAlerts', () => {
  it('queues one operation an alert in one group, resting in the undo window', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert(), anAlert({ id: '~2' })] })
    const { groupId, count } = await updateAlerts(
      { ids: ['~1', '~2', '~1'], change: { severity: 4 } },
      context,
    )
    expect(count).toBe(2)
    expect(outbox.operations).toMatchObject([
      { alertId: '~1', groupId, state: 'held', notBefore: 11_000, base: { severity: 2 } },
      { alertId: '~2', groupId, state: 'held' },
    ])
  })

  it('remembers the values seen, pending ones included', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await updateAlerts({ ids: ['~1'], change: { severity: 3 } }, context)
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    expect(outbox.operations.map((one) => one.base)).toEqual([{ severity: 2 }, { severity: 3 }])
  })

  it.each([
    ['starting', 'InProgress', 'InProgress'],
    ['closing', 'Ignored', 'Closed'],
  ])('%s an unassigned alert assigns it to whoever does', async (_, status, stage) => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await updateAlerts({ ids: ['~1'], change: { status } }, context)
    expect(outbox.operations).toMatchObject([{ payload: { effect: { stage, assignee: 'ana' } } }])
  })

  it('refuses a link longer than this server takes', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()], capabilities: { linkLimit: 512 } })
    const link = (length: number) => ({ ids: ['~1'], change: { externalLink: 'x'.repeat(length) } })
    await expect(updateAlerts(link(513), context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(outbox.operations).toEqual([])
    await updateAlerts(link(512), context)
  })

  it('leaves an assignee alone', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert({ assignee: 'bo' })] })
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored' } }, context)
    expect(outbox.operations).toMatchObject([{ payload: { effect: { stage: 'Closed' } } }])
    expect(outbox.operations[0]).not.toHaveProperty('payload.effect.assignee')
  })

  it.each([
    ['a status the server does not have', anAlert(), { status: 'Nonsense' }],
    ['Imported by hand', anAlert(), { status: 'Imported' }],
    ['leaving Imported', anAlert({ stage: 'Imported', status: 'Imported' }), { status: 'New' }],
  ])('refuses %s before anything is queued', async (_, alert, change) => {
    const { context, outbox } = servicesRig({ alerts: [alert] })
    await expect(updateAlerts({ ids: ['~1'], change }, context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(outbox.operations).toEqual([])
  })

  it.each([
    ['changing', { cannot: { updateAlert: 'no' } }, { severity: 4 as const }],
    ['assigning', { cannot: { assignee: 'no' } }, { assignee: 'bo' }],
    ['reopening', { cannot: { reopenAlert: 'no' } }, { status: 'New' }],
    ['a status where there are none', { cannot: { status: 'no' } }, { status: 'Ignored' }],
    ['custom fields where alerts have none', { cannot: { alertCustomFields: 'no' } }, { customFields: [] }],
    ['anything on a read-only server', { readOnlyReason: 'the licence has ended' }, { severity: 4 as const }],
  ])(
    'refuses %s without the permission, in words',
    async (_, capabilities: Partial<Capabilities>, change: AlertChange) => {
      const closed = anAlert({ stage: 'Closed', status: 'Ignored', assignee: 'ana' })
      const { context, outbox } = servicesRig({ alerts: [closed], capabilities })
      await expect(updateAlerts({ ids: ['~1'], change }, context)).rejects.toMatchObject({
        kind: 'forbidden',
      })
      expect(outbox.operations).toEqual([])
    },
  )

  it('an edit that took a while meets what came in meanwhile, alert by alert', async () => {
    const now = anAlert({ description: 'a\n\nb\n\nby Ben', tlp: 'red' })
    const { context, outbox } = servicesRig({ alerts: [now, anAlert({ id: '~2', description: 'a\n\nb' })] })
    const change = { description: 'mine\n\nb', tlp: 'green' } as const
    const before = { description: 'a\n\nb', tlp: 'amber' } as const
    await updateAlerts({ ids: ['~1', '~2'], change, before: { '~1': before, '~2': before } }, context)
    expect(outbox.operations).toMatchObject([
      {
        state: 'conflict',
        payload: { change: { description: 'mine\n\nb\n\nby Ben' } },
        base: { description: now.description, tlp: 'amber' },
        conflicts: [{ field: 'tlp', base: 'amber', mine: 'green', theirs: 'red' }],
      },
      { state: 'held', payload: { change }, base: before },
    ])
  })

  it('closes with the fields that came in while the missing ones were filled in', async () => {
    const field = (name: string, value: string | null) => ({ name, type: 'string', value })
    const definition = { displayName: 'Unit', type: 'string', description: '', options: [], mandatory: true }
    const catalog = {
      customFields: [
        { ...definition, name: 'unit' },
        { ...definition, name: 'score' },
      ],
    }
    const alert = anAlert({ customFields: [field('unit', null), field('score', 'by Ben')] })
    const { context, outbox } = servicesRig({ alerts: [alert], catalog })
    const before = { '~1': { customFields: [field('unit', null), field('score', null)] } }
    const customFields = [field('unit', 'mine'), field('score', null)]
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored', customFields }, before }, context)
    expect(outbox.operations).toMatchObject([
      {
        state: 'held',
        payload: { change: { customFields: [field('score', 'by Ben'), field('unit', 'mine')] } },
        base: { customFields: alert.customFields },
      },
    ])
  })

  it('queues nothing of a gesture when one of its alerts is not here', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    const wish = updateAlerts({ ids: ['~1', '~9'], change: { severity: 4 } }, context)
    await expect(wish).rejects.toMatchObject({ kind: 'not-found' })
    expect(outbox.operations).toEqual([])
  })
})
