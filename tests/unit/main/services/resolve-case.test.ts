import { describe, expect, it } from 'vitest'
import type { Capabilities } from '#shared/model/session.ts'
import type { Operation } from '#shared/model/operation.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { chosen } from '#tests/support/chosen.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const conflicts = [{ field: 'caseId', base: null, mine: 'local:c', theirs: '~77' }]
const promote = anOperation(
  'alert.promote',
  { choices: {}, predicted: aCase({ id: 'local:c' }) },
  { id: 'p', base: { caseId: null }, state: 'conflict', conflicts },
)
const merge = anOperation('alert.merge', { caseId: 'local:c' }, { id: 'm', alertId: '~2', dependsOn: ['p'] })
const note = anOperation('comment.add', { localId: 'local:n', message: 'x' }, { id: 'n' })
const leave = anOperation(
  'alert.unlink',
  { caseId: 'local:c' },
  { id: 'u', base: { caseId: 'local:c' }, dependsOn: ['p'] },
)

async function rigWith(capabilities: Partial<Capabilities>, ...operations: Operation[]) {
  const rig = servicesRig({ alerts: [anAlert()], capabilities })
  await rig.context.book.append(operations)
  return rig
}

describe('an alert a colleague has put into another case', () => {
  it('theirs: what was decided about our case follows into theirs, and a receipt says so', async () => {
    const raise = anOperation(
      'case.update',
      { change: { severity: 4 }, effect: {} },
      { id: 'c', alertId: 'local:c', base: { severity: 2 }, dependsOn: ['p'] },
    )
    const { context, outbox } = await rigWith({}, promote, merge, raise, leave)
    await resolveConflict(chosen(promote, 'theirs'), context)
    expect(outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { serverId: '~77' } })
    expect(context.book.all().map((one) => context.book.resolved(one))).toMatchObject([
      { id: 'm', payload: { caseId: '~77' }, state: 'ready' },
      { id: 'c', alertId: '~77', state: 'ready' },
      { id: 'u', payload: { caseId: '~77' }, base: { caseId: '~77' }, state: 'ready' },
    ])
  })

  it('mine: out of theirs first, then ours, in that order and before what follows', async () => {
    const { context } = await rigWith({}, promote, note, merge, leave)
    await resolveConflict(chosen(promote, 'mine'), context)
    const [unlink, ours, ...others] = context.book.all()
    expect(unlink).toMatchObject({
      ...{ kind: 'alert.unlink', payload: { caseId: '~77' }, base: { caseId: '~77' } },
      ...{ state: 'ready', groupId: promote.groupId },
    })
    expect(ours).toMatchObject({ id: 'p', state: 'ready', base: { caseId: null }, dependsOn: [unlink?.id] })
    expect(others.map(({ id }) => id)).toEqual(['n', 'm', 'u'])
  })

  it('mine: an attempt that may have taken hold is asked about once it is out of theirs', async () => {
    const { context } = await rigWith({}, { ...promote, attempts: 1, mustVerify: true })
    await resolveConflict(chosen(promote, 'mine'), context)
    expect(context.book.all()).toMatchObject([{ mustVerify: false }, { id: 'p', mustVerify: true }])
  })

  it('mine is refused where a server cannot take an alert out of a case', async () => {
    const { context, outbox } = await rigWith({ cannot: { unlinkAlert: 'Not on this server.' } }, promote)
    await expect(resolveConflict(chosen(promote, 'mine'), context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(outbox.operations).toMatchObject([{ state: 'conflict' }])
  })

  it('theirs, of a merge: ours is given up', async () => {
    const into = anOperation(
      'alert.merge',
      { caseId: '~9' },
      { state: 'conflict', conflicts, base: { caseId: null } },
    )
    const { context, outbox } = await rigWith({}, into)
    await resolveConflict(chosen(into, 'theirs'), context)
    expect(outbox.operations).toEqual([])
  })
})
