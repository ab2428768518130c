import { describe, expect, it } from 'vitest'
import { baseFor } from '#main/domain/conflicts.ts'
import { aComment, aCreation, aKeptFile, aProcedure, anOperation, plainMarks } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

const comment = anOperation('comment.add', { localId: 'local:m', message: 'seen' }, { id: 'add' })
const edit = anOperation(
  'comment.edit',
  { commentId: 'local:m', message: 'seen twice' },
  { id: 'edit', dependsOn: ['add'] },
)

describe('what is decided about an unsent child follows it', () => {
  it('an edit of a comment goes to the comment the server made of it', async () => {
    const rig = runnerRig([comment, edit])
    await rig.drain()
    expect(rig.hive.effects).toEqual(['comment ~1 seen', 'edit-comment ~101 seen twice'])
    expect(rig.hive.comments).toMatchObject([{ id: '~101', message: 'seen twice' }])
  })

  it('also when the answer to the comment was lost, and the process died', async () => {
    const rig = runnerRig([comment, edit])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.restart()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['comment ~1 seen', 'edit-comment ~101 seen twice'])
  })

  it('what may be ours in other words is for the analyst to tell, once it can no longer come', async () => {
    const rig = runnerRig([comment])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    rig.hive.comments[0] = { ...rig.hive.comments[0]!, message: 'seen it', edited: true }
    rig.time.now += 30_000
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'retry-at', mustVerify: true })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'cannot-tell', mustVerify: true })
    expect(rig.outbox.operations[0]?.lastError?.message).toBe(
      'A comment of yours on this alert was edited since.',
    )
    expect(rig.hive.effects).toEqual(['comment ~1 seen'])
  })

  it('somebody else’s edited comment is not taken for ours', async () => {
    const rig = runnerRig([comment], (hive) =>
      hive.comments.push(aComment({ message: 'seen it', edited: true, createdBy: 'ben@acme.example' })),
    )
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['comment ~1 seen'])
  })

  it('the copy is told so before the comment is read back', async () => {
    const rig = runnerRig([comment, edit])
    await rig.drain()
    const [first] = rig.calls
    expect(first?.method).toBe('setPending')
    expect(first?.args).toMatchObject([
      [{ operations: [{ payload: { localId: '~101' } }, { payload: { commentId: '~101' } }] }],
    ])
  })

  it.each([
    ['one of several values', 'local:b', '192.0.2.2'],
    ['a value of another type', 'local:c', 'bad.example'],
  ])('a change goes to %s', async (_, localId, data) => {
    const values = [
      { dataType: 'ip', data: '192.0.2.1', localId: 'local:a' },
      { dataType: 'ip', data: '192.0.2.2', localId: 'local:b' },
      { dataType: 'domain', data: 'bad.example', localId: 'local:c' },
    ]
    const add = anOperation('observable.add-values', { marks: plainMarks, values }, { id: 'add' })
    const update = anOperation(
      'observable.update',
      { observableId: localId, change: { ioc: true } },
      { id: 'update', dependsOn: ['add'] },
    )
    const rig = runnerRig([add, update])
    await rig.drain()
    expect(rig.states()).toEqual({ add: 'sent', update: 'sent' })
    expect(rig.hive.observables.filter(({ ioc }) => ioc)).toMatchObject([{ data }])
  })

  it('a deletion goes to what came along with a new alert', async () => {
    const value = { dataType: 'ip', data: '192.0.2.1', localId: 'local:v', marks: plainMarks }
    const create = anOperation('alert.create', aCreation({ values: [value] }), {
      id: 'c',
      alertId: 'local:a',
    })
    const drop = anOperation(
      'observable.delete',
      { observableId: 'local:v' },
      { id: 'd', alertId: 'local:a', dependsOn: ['c'] },
    )
    const rig = runnerRig([create, drop])
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent', d: 'sent' })
    expect(rig.hive.observables).toEqual([])
  })

  it('a value that was there before gives its id all the same', async () => {
    const values = [{ dataType: 'ip', data: '192.0.2.7', localId: 'local:v' }]
    const add = anOperation(
      'observable.add-values',
      { marks: plainMarks, values },
      { id: 'add', mustVerify: true },
    )
    const update = anOperation(
      'observable.update',
      { observableId: 'local:v', change: { ioc: true } },
      { id: 'u', dependsOn: ['add'] },
    )
    const rig = runnerRig([add, update], (hive) => hive.observables.push(anObservable()))
    await rig.drain()
    expect(rig.hive.effects).toEqual(['update-observable ~o1 {"ioc":true}'])
  })
})

describe('a colleague’s edit of a child is never overwritten unseen', () => {
  it('other words in the same comment wait for the analyst', async () => {
    const draft = { kind: 'comment.edit', payload: { commentId: '~c1', message: 'mine' } } as const
    const base = baseFor(draft, aComment({ message: 'first' }))
    const rig = runnerRig([anOperation('comment.edit', draft.payload, { id: 'e', base })], (hive) =>
      hive.comments.push(aComment({ message: 'theirs' })),
    )
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'message', base: 'first', mine: 'mine', theirs: 'theirs' }],
    })
  })

  it('the same field of an observable waits; another field goes out', async () => {
    const update = (id: string, change: { tlp: 'red' } | { ioc: true }) => {
      const draft = { kind: 'observable.update', payload: { observableId: '~o1', change } } as const
      return anOperation('observable.update', draft.payload, { id, base: baseFor(draft, anObservable()) })
    }
    const rig = runnerRig([update('tlp', { tlp: 'red' }), update('ioc', { ioc: true })], (hive) =>
      hive.observables.push(anObservable({ tlp: 'green' })),
    )
    await rig.drain()
    expect(rig.states()).toEqual({ tlp: 'conflict', ioc: 'sent' })
    expect(rig.hive.effects).toEqual(['update-observable ~o1 {"ioc":true}'])
  })

  it('a later edit of ours stands on our earlier one', async () => {
    const edit = (id: string, message: string, seen: string) =>
      anOperation('comment.edit', { commentId: '~c1', message }, { id, base: { message: seen } })
    const rig = runnerRig([edit('a', 'two', 'one'), edit('b', 'three', 'two')], (hive) =>
      hive.comments.push(aComment({ message: 'one' })),
    )
    await rig.drain()
    expect(rig.states()).toEqual({ a: 'sent', b: 'sent' })
    expect(rig.hive.comments).toMatchObject([{ message: 'three' }])
  })

  it('one that is gone is said to be gone, and the edit stays', async () => {
    const change = { description: 'x' }
    const rig = runnerRig([anOperation('procedure.edit', { procedureId: '~p1', change }, { id: 'e' })])
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'rejected', lastError: { kind: 'not-found' } })
  })

  it('deleting what is gone already is done', async () => {
    const rig = runnerRig([anOperation('procedure.delete', { procedureId: '~p1' }, { id: 'd' })])
    rig.hive.plan.push({ when: 'before', kind: 'not-found' })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { alreadyThere: true } })
  })
})

describe('things without a key', () => {
  it('two equal procedures are two', async () => {
    const input = { patternId: 'T1566', occurDate: 1_500, tactic: 'initial-access' }
    const add = (id: string) => anOperation('procedure.add', { localId: `local:${id}`, input }, { id })
    const rig = runnerRig([add('a'), add('b')])
    rig.hive.plan.push(undefined, { when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.procedures).toHaveLength(2)
  })

  it('a procedure of ours that a colleague reworded before its answer was known is ours', async () => {
    const input = { patternId: 'T1566', occurDate: 1_500, tactic: 'initial-access', description: 'mine' }
    const rig = runnerRig([anOperation('procedure.add', { localId: 'local:p', input }, { id: 'p' })])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    await rig.drain()
    Object.assign(rig.hive.procedures[0] ?? {}, { description: 'theirs', updatedAt: 7_000 })
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ p: 'sent' })
    expect(rig.hive.procedures).toHaveLength(1)
  })

  it('a colleague’s equal procedure is not taken for ours', async () => {
    const { id: _, createdAt: _at, createdBy: _by, ...input } = aProcedure()
    const add = anOperation('procedure.add', { localId: 'local:p', input }, { mustVerify: true })
    const rig = runnerRig([add], (hive) => hive.procedures.push(aProcedure({ createdAt: 9_000 })))
    await rig.drain()
    expect(rig.hive.procedures).toHaveLength(2)
  })

  it('a zip whose answer was lost is sent again: the server knows its files', async () => {
    const payload = { ...aKeptFile(), marks: plainMarks, zip: { password: 'malware' } }
    const rig = runnerRig([anOperation('observable.add-file', payload, { id: 'z' })])
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ z: 'sent' })
    expect(rig.hive.effects).toEqual(['file ~1 s-1'])
  })
})
