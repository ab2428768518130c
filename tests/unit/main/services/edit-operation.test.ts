import { describe, expect, it } from 'vitest'
import type { Operation, OperationState } from '#shared/model/operation.ts'
import { updateCases } from '#main/services/change-cases.ts'
import { createAlert } from '#main/services/create-alert.ts'
import { addComment, editComment } from '#main/services/discuss.ts'
import { editOperation } from '#main/services/edit-operation.ts'
import { mergeAlerts, promoteAlert } from '#main/services/import-alerts.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { fold } from '#main/domain/fold.ts'
import { anAlert, anInput } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const statuses = [
  { value: 'New', stage: 'New', order: 0, hidden: false },
  { value: 'InProgress', stage: 'InProgress', order: 1, hidden: false },
  { value: 'Ignored', stage: 'Closed', order: 2, hidden: false },
] as const
const aCall = { input: anInput(), values: [{ dataType: 'ip', data: '192.0.2.1' }], paths: [] }
const aKey = { type: 'manual', source: 'phone', sourceRef: 'ref-7' }
const takeIn = () => Promise.reject(new Error('It brings no files.'))
const alerts = [anAlert(), anAlert({ id: '~2', title: 'Second' })]
const rigged = () => servicesRig({ alerts, catalog: { alertStatuses: [...statuses] } })

describe('editing a waiting decision', () => {
  it('keeps id, place and the base of what it still sets', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { severity: 4, status: 'Ignored' } }, context)
    await updateAlerts({ ids: ['~2'], change: { severity: 4 } }, context)
    const [before] = outbox.operations
    await editOperation(
      { id: before!.id, edit: { kind: 'alert.update', change: { severity: 3, title: 'Renamed' } } },
      context,
    )
    expect(outbox.operations.map(({ id }) => id)).toEqual(context.book.all().map(({ id }) => id))
    expect(outbox.operations[0]).toMatchObject({
      id: before!.id,
      state: 'held',
      notBefore: before!.notBefore,
      base: { severity: 2, title: 'Encoded PowerShell' },
      payload: { change: { severity: 3, title: 'Renamed' }, effect: {} },
    })
    expect(outbox.operations[0]?.base).not.toHaveProperty('status')
  })

  it('keeps a colleague’s words that came into it while it was edited', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { description: 'mine' } }, context)
    const { id } = outbox.operations[0]!
    const before = { kind: 'alert.update', change: { description: 'mine' } } as const
    const merged = { description: 'mine\n\nby Ben' }
    context.book.save({ ...outbox.operations[0]!, payload: { change: merged, effect: {} } } as Operation)
    const edit = { kind: 'alert.update', change: { description: 'mine', severity: 4 } } as const
    await editOperation({ id, edit, before }, context)
    expect(outbox.operations[0]).toMatchObject({ payload: { change: { ...merged, severity: 4 } } })
    const other = { kind: 'alert.update', change: { description: 'my own', severity: 4 } } as const
    const wish = editOperation({ id, edit: other, before: edit }, context)
    await expect(wish).rejects.toMatchObject({ kind: 'conflict' })
    expect(outbox.operations[0]).toMatchObject({ payload: { change: merged } })
  })

  it('begins again when words come into it while it is stored', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { description: 'mine' } }, context)
    const before = { kind: 'alert.update', change: { description: 'mine' } } as const
    const merged = { change: { description: 'mine\n\nby Ben' }, effect: {} }
    const { id } = outbox.operations[0]!
    const edit = { kind: 'alert.update', change: { description: 'mine', severity: 4 } } as const
    const stored = editOperation({ id, edit, before }, context)
    context.book.save({ ...outbox.operations[0]!, payload: merged } as Operation)
    await stored
    expect(outbox.operations[0]).toMatchObject({ payload: { change: { ...merged.change, severity: 4 } } })
  })

  it('is compared anew: a colleague who wanted what it wanted before was in nobody’s way', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    const { id } = outbox.operations[0]!
    await editOperation({ id, edit: { kind: 'alert.update', change: { severity: 1 } } }, context)
    expect(outbox.operations[0]).toMatchObject({ base: { severity: 2 }, mustCompare: true })
  })

  it('works out anew what the server will do beside it', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { status: 'Ignored' } }, context)
    const edit = { kind: 'alert.update', change: { status: 'InProgress' } } as const
    await editOperation({ id: outbox.operations[0]!.id, edit }, context)
    expect(outbox.operations[0]?.payload).toEqual({
      change: { status: 'InProgress' },
      effect: { stage: 'InProgress', assignee: 'ana' },
    })
  })

  it('later decisions that saw the old value stand on the new one', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    await updateAlerts({ ids: ['~1'], change: { severity: 1, title: 'Later' } }, context)
    const id = outbox.operations[0]!.id
    await editOperation({ id, edit: { kind: 'alert.update', change: { severity: 3 } } }, context)
    expect(outbox.operations[1]?.base).toEqual({ severity: 3, title: 'Encoded PowerShell' })
    await editOperation({ id, edit: { kind: 'alert.update', change: { title: 'First' } } }, context)
    expect(outbox.operations.map(({ base }) => base)).toEqual([
      { title: 'Encoded PowerShell' },
      { severity: 2, title: 'First' },
    ])
    const [alert] = alerts
    expect(fold(alert, context.book.all()).alert).toMatchObject({ severity: 1, title: 'Later' })
  })

  it('a new alert gets another reference, and keeps what was built on it', async () => {
    const { context, outbox } = rigged()
    const { alertId } = await createAlert(aCall, { ...context, takeIn })
    await addComment({ id: alertId, message: 'Called back' }, context)
    const [create, comment] = outbox.operations
    const taken = { kind: 'conflict', message: 'Somebody else’s.' } as const
    context.book.save({ ...create!, state: 'rejected', attempts: 2, mustVerify: true, lastError: taken })
    const edit = { kind: 'alert.create', key: { ...aKey, sourceRef: 'ref-8' } } as const
    await editOperation({ id: create!.id, edit }, context)
    const { values } = aCall
    expect(outbox.operations).toMatchObject([
      {
        id: create!.id,
        alertId,
        state: 'ready',
        payload: { input: { ...aCall.input, ...edit.key }, values },
      },
      { id: comment!.id, alertId, dependsOn: [create!.id] },
    ])
    expect(outbox.operations[0]).not.toHaveProperty('lastError')
  })

  it('the reference of another alert is refused, waiting ones included; its own is not', async () => {
    const { context, outbox } = rigged()
    const { alertId } = await createAlert(aCall, { ...context, takeIn })
    await createAlert({ ...aCall, input: anInput({ sourceRef: 'ref-8' }) }, { ...context, takeIn })
    const wish = (sourceRef: string) =>
      editOperation(
        { id: outbox.operations[1]!.id, edit: { kind: 'alert.create', key: { ...aKey, sourceRef } } },
        context,
      )
    await expect(wish(aKey.sourceRef)).rejects.toMatchObject({ details: { twinId: alertId } })
    await expect(wish(alerts[0]!.sourceRef)).rejects.toMatchObject({ details: { twinId: '~1' } })
    await wish('ref-8')
    expect(outbox.operations[1]).toMatchObject({ payload: { input: { sourceRef: 'ref-8' } } })
  })

  it('a new alert that may be there already is not edited', async () => {
    const { context, outbox } = rigged()
    await createAlert(aCall, { ...context, takeIn })
    context.book.save({ ...outbox.operations[0]!, state: 'retry-at', attempts: 1, mustVerify: true })
    const edit = { kind: 'alert.create', key: { ...aKey, sourceRef: 'ref-8' } } as const
    await expect(editOperation({ id: outbox.operations[0]!.id, edit }, context)).rejects.toMatchObject({
      message: expect.stringContaining('ask the server first') as string,
    })
  })

  it('a promotion keeps the case others were merged into', async () => {
    const { context, outbox } = rigged()
    const { caseId } = await promoteAlert({ id: '~1', choices: { title: 'One' } }, context)
    await mergeAlerts({ ids: ['~2'], caseId }, context)
    const edit = { kind: 'alert.promote', choices: { title: 'Other', severity: 4 } } as const
    await editOperation({ id: outbox.operations[0]!.id, edit }, context)
    expect(outbox.operations[0]?.payload).toMatchObject({
      choices: { title: 'Other' },
      predicted: { id: caseId, title: 'Other', severity: 4 },
    })
  })

  it('what was decided about what it makes stands on that as it will be', async () => {
    const { context, outbox } = rigged()
    await addComment({ id: '~1', message: 'first words' }, context)
    const [add] = outbox.operations
    const { localId: commentId } = add!.payload as { localId: string }
    await editComment({ id: '~1', commentId, message: 'second words' }, context)
    const { caseId } = await promoteAlert({ id: '~2', choices: { title: 'One' } }, context)
    await updateCases({ ids: [caseId], change: { title: 'Renamed' } }, context)
    await editOperation({ id: add!.id, edit: { kind: 'comment.add', message: 'corrected words' } }, context)
    const edit = { kind: 'alert.promote', choices: { title: 'Other' } } as const
    await editOperation({ id: outbox.operations[2]!.id, edit }, context)
    expect(outbox.operations).toMatchObject([
      { kind: 'comment.add' },
      { base: { message: 'corrected words' }, payload: { message: 'second words' } },
      { kind: 'alert.promote' },
      { base: { title: 'Other' }, payload: { change: { title: 'Renamed' } } },
    ])
  })

  it('a comment gets other words; what the server refused is tried again with them', async () => {
    const { context, outbox } = rigged()
    await addComment({ id: '~1', message: 'teh' }, context)
    const lastError = { kind: 'rejected', message: 'no' } as const
    context.book.save({ ...outbox.operations[0]!, state: 'rejected', attempts: 1, lastError })
    await editOperation(
      { id: outbox.operations[0]!.id, edit: { kind: 'comment.add', message: 'the' } },
      context,
    )
    expect(outbox.operations[0]).toMatchObject({
      state: 'ready',
      mustVerify: true,
      payload: { message: 'the' },
    })
    expect(outbox.operations[0]).not.toHaveProperty('lastError')
  })

  it.each<OperationState>(['sending', 'conflict', 'cannot-tell'])(
    'refuses with words what is %s',
    async (state) => {
      const { context, outbox } = rigged()
      await addComment({ id: '~1', message: 'teh' }, context)
      context.book.save({ ...outbox.operations[0]!, state })
      const edit = { kind: 'comment.add', message: 'the' } as const
      await expect(editOperation({ id: outbox.operations[0]!.id, edit }, context)).rejects.toMatchObject({
        kind: 'rejected',
        did: 'It stays as it was.',
      })
      expect(outbox.operations[0]?.payload).toMatchObject({ message: 'teh' })
    },
  )

  it('refuses what the server would not take, and changes nothing', async () => {
    const { context, outbox } = rigged()
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    const edit = { kind: 'alert.update', change: { status: 'Nonsense' } } as const
    await expect(editOperation({ id: outbox.operations[0]!.id, edit }, context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(outbox.operations[0]?.payload).toMatchObject({ change: { severity: 4 } })
  })
})
