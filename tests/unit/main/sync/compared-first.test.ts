import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

const refused = anOperation(
  'alert.update',
  { change: { severity: 4 }, effect: {} },
  { id: 'a', state: 'rejected', attempts: 1, base: { severity: 2 } },
)
const edit = anOperation(
  'alert.update',
  { change: { severity: 3 }, effect: {} },
  { id: 'b', base: { severity: 4 } },
)
const deletion = anOperation('alert.delete', {}, { id: 'b', base: { severity: 4 } })

/** A refused decision stands; `theirs` came in meanwhile; then it is dropped, and what stood on it goes. */
async function dropped(behind: Operation, theirs: 1 | 2) {
  const rig = runnerRig([refused, behind])
  const now = anAlert({ severity: theirs, updatedBy: 'ben', updatedAt: 5_000 })
  rig.hive.alerts.set('~1', now)
  rig.book.noteServerState([now])
  await rig.drain()
  expect(rig.states()).toEqual({ a: 'rejected', b: 'ready' })
  await rig.book.remove([refused])
  return rig
}

describe.each([
  ['an edit', edit],
  ['a deletion', deletion],
])('%s that stood on a refused decision', (_, behind) => {
  it('is put before the analyst when a colleague has set the field since, and sends nothing', async () => {
    const rig = await dropped(behind, 1)
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations).toMatchObject([
      { id: 'b', state: 'conflict', conflicts: [{ field: 'severity', base: 2, theirs: 1, theirsBy: 'ben' }] },
    ])
  })

  it('goes when nobody has; the question is forgotten with the receipt, and a restart does not forget it', async () => {
    const rig = await dropped(behind, 2)
    rig.restart()
    expect(rig.book.get('b')?.mustCompare).toBe(true)
    await rig.drain()
    expect(rig.hive.effects).toHaveLength(1)
    expect(rig.outbox.operations).toMatchObject([{ id: 'b', state: 'sent', attempts: 1 }])
    expect(rig.outbox.operations[0]).not.toHaveProperty('mustCompare')
  })

  it('waits while the server cannot be asked', async () => {
    const rig = await dropped(behind, 1)
    rig.hive.readPlan.push({ when: 'before', kind: 'offline' })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.states()).toEqual({ b: 'ready' })
    await rig.drain()
    expect(rig.states()).toEqual({ b: 'conflict' })
  })
})

it('two edits as one, of which a look finds a conflict: the one it is about meets it again, the other goes', async () => {
  const field = { name: 'unit', type: 'string', value: 'south' } as const
  const assign = anOperation(
    'alert.update',
    { change: { assignee: 'ana' }, effect: {} },
    { id: 'a', base: { assignee: null } },
  )
  const named = anOperation(
    'alert.update',
    { change: { customFields: [field] }, effect: {} },
    { id: 'b', base: { customFields: [] } },
  )
  const rig = runnerRig([assign, named])
  rig.hive.alerts.set('~1', anAlert({ assignee: 'ben', updatedBy: 'ben', updatedAt: 5_000 }))
  await rig.drain()
  expect(rig.states()).toEqual({ a: 'conflict', b: 'sent' })
  expect(rig.hive.alerts.get('~1')).toMatchObject({ assignee: 'ben', customFields: [field] })
})
