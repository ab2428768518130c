import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { StoredDetail } from '#main/store/ports.ts'
import { reversalPlan, reverseSent } from '#main/services/reverse-sent.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const statuses = [
  { value: 'New', stage: 'New', order: 0, hidden: false },
  { value: 'Ignored', stage: 'Closed', order: 2, hidden: false },
] as const
type Given = { alert?: Partial<Alert>; on?: Partial<StoredDetail>; cannot?: { reopenAlert?: string } }

function after(sent: Operation | Operation[], { alert = {}, on = {}, cannot = {} }: Given = {}) {
  const receipts = [sent].flat()
  const rig = servicesRig({
    alerts: [anAlert(alert)],
    cases: [aCase()],
    on: { '~1': on },
    capabilities: { cannot },
    catalog: { alertStatuses: [...statuses] },
  })
  const context = { ...rig.context, receipt: (id: string) => receipts.find((one) => one.id === id) }
  const ids = receipts.map(({ id }) => id)
  return { ...rig, context, ids, plan: () => reversalPlan(ids, context) }
}

const receipt = { at: 9_000, note: 'ok' }
const update = (change: object, base: object) =>
  anOperation('alert.update', { change, effect: {} } as never, { state: 'sent', receipt, base: { ...base } })

describe('what can be put back', () => {
  it('the fields that are still ours, by one decision; the others stay, each with its reason', async () => {
    const sent = update(
      { status: 'Ignored', severity: 4, title: 'Mine', addTags: ['fp', 'edr'] },
      { status: 'New', severity: 2, title: 'Before', tags: ['edr'] },
    )
    const now: Partial<Alert> = {
      status: 'Ignored',
      stage: 'Closed',
      severity: 3,
      title: 'Mine',
      tags: ['edr', 'fp'],
    } as const
    const { plan, ids, context, outbox } = after(sent, { alert: now })
    const { steps, left } = await plan()
    expect(steps).toMatchObject([{ title: 'Mine' }])
    expect(left.map(({ reason }) => reason)).toEqual([
      'The severity stays: it was changed again since.',
      'edr: the tag was there before you added it.',
    ])
    await reverseSent({ ids, steps: steps.map(({ id }) => id) }, context)
    expect(outbox.operations).toMatchObject([
      {
        kind: 'alert.update',
        state: 'held',
        base: { status: 'Ignored', title: 'Mine' },
        payload: { change: { status: 'New', title: 'Before', removeTags: ['fp'] } },
      },
    ])
  })

  it('a status that may not be reopened here stays, with the reason', async () => {
    const sent = update({ status: 'Ignored' }, { status: 'New' })
    const { plan } = after(sent, {
      alert: { status: 'Ignored', stage: 'Closed' },
      cannot: { reopenAlert: 'You may not reopen alerts.' },
    })
    const { steps, left } = await plan()
    expect(steps).toEqual([])
    expect(left).toMatchObject([{ reason: expect.stringContaining('You may not reopen alerts.') as string }])
  })

  it.each<[string, Operation]>([
    [
      'promotion',
      anOperation('alert.promote', { choices: {}, predicted: aCase() }, { state: 'sent', receipt }),
    ],
    ['merge', anOperation('alert.merge', { caseId: '~9' }, { state: 'sent', receipt })],
  ])('a %s: out of the case, which keeps what it got', async (_, sent) => {
    const { plan, ids, context, outbox } = after(sent, { alert: { caseId: '~9', stage: 'Imported' } })
    const { steps, left } = await plan()
    expect(left[0]?.reason).toMatch(/^Case #9 .*copied into it\.$/)
    await reverseSent({ ids, steps: steps.map(({ id }) => id) }, context)
    expect(outbox.operations).toMatchObject([{ kind: 'alert.unlink', payload: { caseId: '~9' } }])
    expect((await after(sent, { alert: { caseId: '~8' } }).plan()).steps).toEqual([])
  })

  it('a comment of ours is deleted while it says what we wrote; what was deleted stays so', async () => {
    const sent = anOperation('comment.add', { localId: '~5', message: 'hi' }, { state: 'sent', receipt })
    const comment = { id: '~5', message: 'hi', createdAt: 1, createdBy: 'ana', edited: false }
    const { plan, ids, context, outbox } = after(sent, { on: { comments: [comment] } })
    const { steps } = await plan()
    await reverseSent({ ids, steps: [steps[0]!.id] }, context)
    expect(outbox.operations).toMatchObject([{ kind: 'comment.delete', payload: { commentId: '~5' } }])
    const changed = after(sent, { on: { comments: [{ ...comment, message: 'other' }] } })
    expect(await changed.plan()).toMatchObject({ steps: [], left: [{}] })
    const deleted = anOperation('comment.delete', { commentId: '~5' }, { state: 'sent', receipt })
    expect(await after(deleted).plan()).toMatchObject({ steps: [], left: [{}] })
  })

  it('nothing is queued when it is not so any more, or was never sent', async () => {
    const sent = update({ severity: 4 }, { severity: 2 })
    const { plan, ids, context, outbox } = after(sent, { alert: { severity: 4 } })
    const steps = (await plan()).steps.map(({ id }) => id)
    const changed = after(sent, { alert: { severity: 1 } })
    await expect(reverseSent({ ids, steps }, changed.context)).rejects.toMatchObject({ kind: 'rejected' })
    await expect(reverseSent({ ids: ['other'], steps }, context)).rejects.toMatchObject({ kind: 'not-found' })
    expect([...outbox.operations, ...changed.outbox.operations]).toEqual([])
  })
})
