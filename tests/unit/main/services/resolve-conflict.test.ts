import { describe, expect, it } from 'vitest'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

async function settled(operation: Operation, conflicts: FieldConflict[], choice: 'mine' | 'theirs') {
  const rig = servicesRig({ alerts: [anAlert()] })
  await rig.context.book.append([{ ...operation, state: 'conflict', conflicts }])
  await resolveConflict({ id: operation.id, choice }, rig.context)
  return rig.outbox.operations
}

const words = { field: 'message', base: 'first', mine: 'mine', theirs: 'theirs' }
const edit = anOperation(
  'comment.edit',
  { commentId: '~c1', message: 'mine' },
  { base: { message: 'first' } },
)

describe('a conflict over a comment', () => {
  it('mine: goes out over theirs', async () => {
    expect(await settled(edit, [words], 'mine')).toMatchObject([
      { state: 'ready', base: { message: 'theirs' }, payload: { message: 'mine' } },
    ])
  })

  it('theirs: nothing of ours is left', async () => {
    expect(await settled(edit, [words], 'theirs')).toEqual([])
  })
})

describe('a conflict over several fields of a case', () => {
  const update = anOperation(
    'case.update',
    { change: { severity: 4, status: 'Other', flag: true }, effect: { stage: 'Closed' } },
    { alertId: '~9', base: { severity: 2, status: 'New', flag: false } },
  )
  const conflicts = [
    { field: 'severity', base: 2, mine: 4, theirs: 3 },
    { field: 'status', base: 'New', mine: 'Other', theirs: 'InProgress' },
  ]

  it('theirs: what nobody disputed stays, without what the status would have led to', async () => {
    expect(await settled(update, conflicts, 'theirs')).toMatchObject([
      { state: 'ready', payload: { change: { flag: true }, effect: {} } },
    ])
  })

  it('mine: their values are the new ground', async () => {
    expect(await settled(update, conflicts, 'mine')).toMatchObject([
      { base: { severity: 3, status: 'InProgress', flag: false }, payload: { change: { severity: 4 } } },
    ])
  })
})

describe('a conflict over one custom field', () => {
  const field = (name: string, value: string) => ({ name, type: 'string', value })
  const base = [field('unit', 'north'), field('score', '1')]
  const update = (mine: ReturnType<typeof field>[]) =>
    anOperation(
      'alert.update',
      { change: { customFields: mine }, effect: {} },
      { base: { customFields: base } },
    )
  const conflict = { field: 'customFields.unit', base: 'north', mine: 'south', theirs: 'west' }

  it('theirs: the other fields of the same decision still go out', async () => {
    const [left] = await settled(update([field('unit', 'south'), field('score', '2')]), [conflict], 'theirs')
    expect(left).toMatchObject({
      payload: { change: { customFields: [field('score', '2'), field('unit', 'west')] } },
      base: { customFields: [field('score', '1'), field('unit', 'west')] },
    })
  })

  it('theirs: a decision about that field alone is given up', async () => {
    expect(
      await settled(update([field('unit', 'south'), field('score', '1')]), [conflict], 'theirs'),
    ).toEqual([])
  })

  it('of a case is settled the same way', async () => {
    const change = { customFields: [field('unit', 'south'), field('score', '2')] }
    const of = anOperation(
      'case.update',
      { change, effect: {} },
      { alertId: '~9', base: { customFields: base } },
    )
    expect(await settled(of, [conflict], 'theirs')).toMatchObject([
      { payload: { change: { customFields: [field('score', '2'), field('unit', 'west')] } } },
    ])
  })

  it('mine: their value is the ground, ours goes over it', async () => {
    const [left] = await settled(update([field('unit', 'south'), field('score', '1')]), [conflict], 'mine')
    expect(left).toMatchObject({
      base: { customFields: [field('score', '1'), field('unit', 'west')] },
      payload: { change: { customFields: [field('unit', 'south'), field('score', '1')] } },
    })
  })
})

describe('a conflict over where an alert belongs', () => {
  const conflict = { field: 'caseId', base: '~9', mine: null, theirs: '~77' }
  const unlink = anOperation('alert.unlink', { caseId: '~9' }, { base: { caseId: '~9' } })

  it('unlinking, mine: it leaves the case it is in now', async () => {
    expect(await settled(unlink, [conflict], 'mine')).toMatchObject([
      { payload: { caseId: '~77' }, base: { caseId: '~77' }, state: 'ready' },
    ])
  })

  it('unlinking, theirs: it stays there', async () => {
    expect(await settled(unlink, [conflict], 'theirs')).toEqual([])
  })

  it('importing, mine: refused, because an alert is in one case only', async () => {
    const wish = settled(anOperation('alert.import', { caseId: '~9' }), [conflict], 'mine')
    await expect(wish).rejects.toMatchObject({ kind: 'rejected' })
  })
})
