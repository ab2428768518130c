import { describe, expect, it } from 'vitest'
import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { resolveMany } from '#main/services/resolve-many.ts'
import { chosen } from '#tests/support/chosen.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

async function settled(operation: Operation, conflicts: FieldConflict[], choice: ConflictChoice) {
  const rig = servicesRig({ alerts: [anAlert()] })
  await rig.context.book.append([{ ...operation, state: 'conflict', conflicts }])
  await resolveConflict(chosen({ id: operation.id, conflicts }, choice), rig.context)
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

  it.each(['mine', 'theirs'] as const)(
    '%s: an attempt that may have taken hold is asked about',
    async (choice) => {
      const tried = { ...update, attempts: 1, mustVerify: true }
      expect(await settled(tried, conflicts, choice)).toMatchObject([{ state: 'ready', mustVerify: true }])
      expect(await settled(update, conflicts, choice)).toMatchObject([{ state: 'ready', mustVerify: false }])
    },
  )
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
})

describe('choosing', () => {
  const update = anOperation(
    'alert.update',
    { change: { severity: 4, description: 'mine' }, effect: {} },
    { base: { severity: 2, description: 'was' } },
  )
  const conflicts = [
    { field: 'severity', base: 2, mine: 4, theirs: 3 },
    { field: 'description', base: 'was', mine: 'mine', theirs: 'theirs' },
  ]
  const rigWith = async (...operations: Operation[]) => {
    const rig = servicesRig({ alerts: [anAlert()] })
    await rig.context.book.append([{ ...update, state: 'conflict', conflicts }, ...operations])
    return rig
  }
  const seen = { severity: 3, description: 'theirs' }
  const id = update.id

  it('field by field: mine, theirs, or words of both', async () => {
    const { context, outbox } = await rigWith()
    await resolveConflict(
      { id, seen, choices: { severity: 'theirs', description: { edit: 'both' } } },
      context,
    )
    expect(outbox.operations).toMatchObject([
      { state: 'ready', base: seen, payload: { change: { description: 'both' } } },
    ])
    expect(outbox.operations[0]?.payload).not.toHaveProperty('change.severity')
  })

  it('an edit that says what they say is theirs', async () => {
    const { context, outbox } = await rigWith()
    await resolveConflict(
      { id, seen, choices: { severity: 'mine', description: { edit: 'theirs' } } },
      context,
    )
    expect(outbox.operations).toMatchObject([{ payload: { change: { severity: 4 } } }])
  })

  it.each([
    ['a value that does not fit', { severity: { edit: 9 }, description: 'mine' } as const],
    ['a field without a choice', { severity: 'mine' } as const],
  ])('%s is refused, and nothing changes', async (_, choices) => {
    const { context, outbox } = await rigWith()
    await expect(resolveConflict({ id, seen, choices }, context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(outbox.operations).toMatchObject([{ state: 'conflict', conflicts }])
  })

  it.each([
    ['another value', { severity: 1, description: 'theirs' }],
    ['a field more', { severity: 3 }],
    ['a field less', { ...seen, title: 'x' }],
  ])('what was seen is not what there is (%s): the choice stops', async (_, stale) => {
    const { context, outbox } = await rigWith()
    const choices = { severity: 'mine', description: 'mine', title: 'mine' } as const
    const wish = resolveConflict({ id, seen: stale, choices }, context)
    await expect(wish).rejects.toMatchObject({ kind: 'conflict' })
    expect(outbox.operations).toMatchObject([{ state: 'conflict', conflicts }])
  })

  it('giving a field up puts it before the analyst for a later decision that stood on it', async () => {
    const later = anOperation(
      'alert.update',
      { change: { severity: 1 }, effect: {} },
      { id: 'later', base: { severity: 4 } },
    )
    const { context, outbox } = await rigWith(later)
    await resolveConflict({ id, seen, choices: { severity: 'theirs', description: 'mine' } }, context)
    expect(outbox.operations).toMatchObject([
      { id, state: 'ready' },
      { id: 'later', state: 'conflict', conflicts: [{ field: 'severity', base: 2, mine: 1, theirs: 3 }] },
    ])
  })

  it('for many at once: what cannot be settled is left with its reason', async () => {
    const other = { ...update, id: 'other', alertId: '~2', state: 'conflict', conflicts } as Operation
    const { context, outbox } = await rigWith(other)
    const stale = { id: 'other', seen: { ...seen, severity: 1 } }
    expect(await resolveMany({ take: 'mine', conflicts: [{ id, seen }, stale] }, context)).toMatchObject({
      settled: 1,
      left: [{ id: 'other', problem: { kind: 'conflict' } }],
    })
    expect(outbox.operations).toMatchObject([{ state: 'ready' }, { id: 'other', state: 'conflict' }])
  })

  it('a deletion: mine goes on over what they wrote, theirs lets the thing live', async () => {
    const draft = anOperation('comment.delete', { commentId: '~c1' }, { base: { message: 'first' } })
    const said = { field: 'message', base: 'first', mine: null, theirs: 'more' }
    expect(await settled(draft, [said], 'mine')).toMatchObject([
      { state: 'ready', base: { message: 'more' } },
    ])
    expect(await settled(draft, [said], 'theirs')).toEqual([])
  })
})
