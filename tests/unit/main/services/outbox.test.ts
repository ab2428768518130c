import { describe, expect, it } from 'vitest'
import type { OperationState } from '#shared/model/operation.ts'
import { dropOperation, retryOperation, undoGroup } from '#main/services/outbox.ts'
import { sendNow } from '#main/services/steer-outbox.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { chosen } from '#tests/support/chosen.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const conflicts = [{ field: 'severity', base: 2, mine: 4, theirs: 3 }]

async function inConflict() {
  const rig = servicesRig({ alerts: [anAlert()] })
  await updateAlerts({ ids: ['~1'], change: { severity: 4, title: 'Mine' } }, rig.context)
  const [operation] = rig.outbox.operations
  rig.context.book.save({ ...operation!, state: 'conflict', conflicts })
  return { ...rig, id: operation!.id }
}

describe('resolveConflict', () => {
  it('mine: goes out over theirs, and their value is the new ground', async () => {
    const { context, outbox, id } = await inConflict()
    await resolveConflict(chosen({ id, conflicts }, 'mine'), context)
    expect(outbox.operations).toMatchObject([
      { state: 'ready', base: { severity: 3 }, payload: { change: { severity: 4, title: 'Mine' } } },
    ])
    expect(outbox.operations[0]).not.toHaveProperty('conflicts')
  })

  it('theirs: gives up only the field in conflict', async () => {
    const { context, outbox, id } = await inConflict()
    await resolveConflict(chosen({ id, conflicts }, 'theirs'), context)
    expect(outbox.operations[0]?.payload).toEqual({ change: { title: 'Mine' }, effect: {} })
  })

  it('a decision that is not in conflict is left alone', async () => {
    const { context, outbox, id } = await inConflict()
    await resolveConflict(chosen({ id, conflicts }, 'mine'), context)
    await expect(resolveConflict(chosen({ id, conflicts }, 'theirs'), context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(outbox.operations).toHaveLength(1)
  })
})

describe('sendNow and retryOperation', () => {
  it('ends every undo window', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    sendNow(context)
    expect(outbox.operations).toMatchObject([{ state: 'ready', notBefore: 1_000 }])
  })

  it('another try of something attempted before asks the server first', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    context.book.save({ ...outbox.operations[0]!, state: 'rejected', attempts: 1 })
    retryOperation(outbox.operations[0]!.id, context)
    expect(outbox.operations).toMatchObject([{ state: 'ready', mustVerify: true }])
  })

  it('another try of a conflict that was never sent is compared first, and can still be taken back', async () => {
    const { context, outbox, id } = await inConflict()
    retryOperation(id, context)
    expect(outbox.operations).toMatchObject([{ state: 'ready', mustVerify: false, mustCompare: true }])
    await undoGroup(outbox.operations[0]!.groupId, context)
    expect(outbox.operations).toEqual([])
  })

  it('another try of what an older state of the outbox knows nothing of asks the server first', async () => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    context.book.save({ ...outbox.operations[0]!, state: 'cannot-tell', mustVerify: true, attempts: 0 })
    retryOperation(outbox.operations[0]!.id, context)
    expect(outbox.operations).toMatchObject([{ state: 'ready', mustVerify: true }])
  })
})

describe('dropOperation', () => {
  const behind = async (state: OperationState) => {
    const rig = servicesRig({ alerts: [anAlert()] })
    const unlink = anOperation('alert.unlink', { caseId: '~77' }, { id: 'u', state, attempts: 1 })
    const over = { dependsOn: ['u'], attempts: 1, mustVerify: true }
    await rig.context.book.append([
      unlink,
      anOperation('alert.merge', { caseId: '~9' }, { id: 'm', ...over }),
    ])
    return rig
  }

  it('takes what waits behind a refused one along, though an attempt of it may have taken hold: it is never asked about', async () => {
    const { context, outbox } = await behind('rejected')
    await dropOperation({ id: 'u', together: ['m'] }, context)
    expect(outbox.operations).toEqual([])
  })

  it('but not behind one that may still go', async () => {
    const { context, outbox } = await behind('ready')
    await expect(dropOperation({ id: 'u', together: ['m'] }, context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(outbox.operations).toHaveLength(2)
  })
})
