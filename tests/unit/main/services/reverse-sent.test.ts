import { describe, expect, it, vi } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { StoredDetail } from '#main/store/ports.ts'
import { reversalPlan, reverseSent } from '#main/services/reverse-sent.ts'
import { aCase, aKeptFile, anAlert, anOperation, plainMarks } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const statuses = [
  { value: 'New', stage: 'New', order: 0, hidden: false },
  { value: 'Ignored', stage: 'Closed', order: 2, hidden: false },
] as const
type Given = {
  alert?: Partial<Alert>
  cases?: Case[]
  on?: Partial<StoredDetail>
  cannot?: { reopenAlert?: string }
}

function after(
  sent: Operation | Operation[],
  { alert = {}, cases = [aCase()], on = {}, cannot = {} }: Given = {},
) {
  const receipts = [sent].flat()
  const rig = servicesRig({
    alerts: [anAlert(alert)],
    cases,
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

const sentEarly = { state: 'sent', receipt } as const
/** Long after whatever is there came to be. */
const sentLate = { ...sentEarly, createdAt: 90_000_000, firstSentAt: 90_000_000 }
const fileOf = (createdBy: string, createdAt: number): Observable => ({
  ...{ id: '~o2', dataType: 'file', attachment: aKeptFile().attachment, ignoreSimilarity: false },
  ...{ ...plainMarks, createdAt, createdBy },
})

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

  const values = (id: string, over: Partial<Operation> = {}) =>
    anOperation(
      'observable.add-values',
      { values: [{ localId: `local:${id}`, dataType: 'ip', data: '192.0.2.1' }], marks: plainMarks },
      { id, state: 'sent', receipt, ...over },
    )
  const value = (over: Partial<Observable> = {}): Observable => ({
    ...{ id: '~o1', dataType: 'ip', data: '192.0.2.1', ignoreSimilarity: false, ...plainMarks },
    ...{ createdAt: 5_100, createdBy: 'ana', ...over },
  })

  it('a value that was added twice is deleted once, with everything else that was chosen', async () => {
    const severity = update({ severity: 4 }, { severity: 2 })
    const given = { alert: { severity: 4 as const }, on: { observables: [value()] } }
    const { plan, ids, context, outbox } = after([values('a'), values('b'), severity], given)
    const { steps } = await plan()
    expect(await reverseSent({ ids, steps: steps.map(({ id }) => id) }, context)).toMatchObject({ count: 2 })
    expect(outbox.operations).toMatchObject([
      { kind: 'observable.delete', payload: { observableId: '~o1' } },
      { kind: 'alert.update', payload: { change: { severity: 2 } } },
    ])
  })

  it('what cannot be decided is no step, and says why', async () => {
    const unlinked = anOperation('alert.unlink', { caseId: '~9' }, { state: 'sent', receipt })
    const given = { cases: [aCase({ id: '~9', number: 9, gone: true })] }
    const { steps, left } = await after(unlinked, given).plan()
    expect(steps).toEqual([])
    expect(left[0]?.reason).toContain('Case #9 is gone')
  })

  it.each<[string, Operation, Partial<StoredDetail>, string]>([
    [
      'a colleague’s file',
      anOperation('observable.add-file', { ...aKeptFile({ localId: '~o2' }), marks: plainMarks }, sentEarly),
      { observables: [fileOf('bo', 5_100)] },
      'note.txt stays: bo added it.',
    ],
    [
      'a colleague’s attachment',
      anOperation('attachment.add', aKeptFile({ localId: '~f1' }), sentEarly),
      { attachments: [{ ...aKeptFile().attachment, id: '~f1', createdAt: 5_100, createdBy: 'bo' }] },
      'note.txt stays: bo added it.',
    ],
    [
      'an attachment of our own from before',
      anOperation('attachment.add', aKeptFile({ localId: '~f1' }), sentLate),
      { attachments: [{ ...aKeptFile().attachment, id: '~f1', createdAt: 5_100, createdBy: 'ana' }] },
      'note.txt stays: you had added it before.',
    ],
    [
      'a value of our own from before',
      values('a', sentLate),
      { observables: [value()] },
      '192.0.2.1 stays: you had added it before.',
    ],
  ])('%s, which the server answered with, stays', async (_, sent, on, reason) => {
    expect(await after(sent, { on }).plan()).toMatchObject({ steps: [], left: [{ reason }] })
  })
})

describe('a bulk gesture', () => {
  /** How many pending decisions are looked at, and how many values written out, to put so many back. */
  async function cost(count: number): Promise<number> {
    const ids = Array.from({ length: count }, (_, at) => `~${at}`)
    const rig = servicesRig({ alerts: ids.map((id) => anAlert({ id, severity: 4 })) })
    const receipts = new Map(
      ids.map((id) => [id, { ...update({ severity: 4 }, { severity: 2 }), id, alertId: id }]),
    )
    let looks = 0
    const { book } = rig.context
    const counted = {
      ...book,
      all: () => {
        looks += book.all().length + 1
        return book.all()
      },
      ours: () => ({
        about: (id: string) => {
          const about = [...book.ours().about(id)]
          looks += about.length + 1
          return about
        },
      }),
      resolveId: (id: string) => book.resolveId(id),
      resolved: (operation: Operation) => book.resolved(operation),
      append: (operations: readonly Operation[]) => book.append(operations),
    } as unknown as typeof book
    const context = { ...rig.context, book: counted, receipt: (id: string) => receipts.get(id) }
    const written = vi.spyOn(JSON, 'stringify')
    const { steps } = await reversalPlan(ids, context)
    const done = await reverseSent({ ids, steps: steps.map(({ id }) => id) }, context)
    expect(done.count).toBe(count)
    looks += written.mock.calls.length
    written.mockRestore()
    return looks
  }

  it('of twice as many alerts costs twice as much to put back', async () => {
    const [few, many] = [await cost(40), await cost(80)]
    expect(many / few).toBeLessThan(2.1)
  })

  it('of many observables looks at their alert no more often than that of a few', async () => {
    const looks = async (count: number): Promise<number> => {
      const values = Array.from({ length: count }, (_, at) => ({
        ...{ localId: `local:${at}`, dataType: 'ip', data: `192.0.2.${at}` },
      }))
      const observables = values.map(({ dataType, data }, at): Observable => ({
        ...{ id: `~o${at}`, dataType, data, ...plainMarks, ignoreSimilarity: false },
        ...{ createdAt: 5_100, createdBy: 'ana' },
      }))
      const sent = anOperation('observable.add-values', { values, marks: plainMarks }, sentEarly)
      const { context, ids, outbox } = after(sent, { on: { observables } })
      let asked = 0
      const counting = {
        ...context,
        shown: (id: string) => {
          asked += 1
          return context.shown(id)
        },
      }
      const { steps } = await reversalPlan(ids, counting)
      await reverseSent({ ids, steps: steps.map(({ id }) => id) }, counting)
      expect(outbox.operations.map(({ payload }) => payload)).toEqual(
        observables.map(({ id }) => ({ observableId: id })),
      )
      return asked
    }
    expect(await looks(30)).toBe(await looks(3))
  })
})
