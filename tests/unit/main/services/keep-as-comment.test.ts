import { describe, expect, it } from 'vitest'
import { editOperation } from '#main/services/edit-operation.ts'
import { keepAsComment } from '#main/services/keep-as-comment.ts'
import { viewOf } from '#main/services/operation-views.ts'
import { retryOperation } from '#main/services/outbox.ts'
import type { Gone, Operation } from '#shared/model/operation.ts'
import { aComment, anAlert, anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

const lastError = { kind: 'not-found', message: 'no' } as const

async function refused(operation: Operation, gone: Gone | undefined, capabilities = {}) {
  const observable = anObservable({ id: '~o1', data: '192.0.2.1' })
  const on = { '~1': { observables: [observable], comments: [aComment()] } }
  const rig = servicesRig({ alerts: [anAlert()], on, capabilities })
  await rig.context.book.append([
    { ...operation, id: 'op', state: 'rejected', lastError, ...(gone && { gone }) },
  ])
  return rig
}

const words = (operations: readonly Operation[]) =>
  operations.map((one) => (one.kind === 'comment.add' ? one.payload.message : one.kind))

const update = anOperation('observable.update', {
  observableId: '~o1',
  change: { ioc: true, addTags: ['c2'] },
})
const edit = anOperation('comment.edit', { commentId: '~c1', message: 'seen **twice**' })

describe('a decision about what is gone, kept as a comment', () => {
  it('says of an observable what it was and what would have been set; the decision itself goes', async () => {
    const { context, outbox } = await refused(update, { what: 'observable' })
    await keepAsComment({ id: 'op' }, context)
    expect(words(outbox.operations)).toEqual([
      expect.stringContaining('The observable 192.0.2.1 was deleted before this arrived'),
    ])
    expect(words(outbox.operations)[0]).toContain('- IOC: yes\n- tags added: c2')
  })

  it('keeps the words of a comment as they are', async () => {
    const { context, outbox } = await refused(edit, { what: 'comment' })
    await keepAsComment({ id: 'op' }, context)
    expect(words(outbox.operations)).toEqual([
      'Written for a comment that was deleted meanwhile:\n\nseen **twice**',
    ])
  })

  it.each<[string, Gone | undefined]>([
    ['the alert itself is gone', { what: 'alert' }],
    ['nothing is gone', { what: 'other' }],
    ['nobody has looked', undefined],
  ])('is refused where %s, and the decision stays', async (_, gone) => {
    const { context, outbox } = await refused(update, gone)
    await expect(keepAsComment({ id: 'op' }, context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(words(outbox.operations)).toEqual(['observable.update'])
  })

  it('is refused where comments are not to be had, and where more is built on it', async () => {
    const silent = await refused(update, { what: 'observable' }, { cannot: { comment: 'Not here.' } })
    await expect(keepAsComment({ id: 'op' }, silent.context)).rejects.toMatchObject({ kind: 'forbidden' })
    const { context, outbox } = await refused(update, { what: 'observable' })
    await context.book.append([anOperation('alert.read', { read: true }, { id: 'later', dependsOn: ['op'] })])
    await expect(keepAsComment({ id: 'op' }, context)).rejects.toMatchObject({ kind: 'rejected' })
    expect(words(outbox.operations)).toEqual(['observable.update', 'alert.read'])
    expect(words(silent.outbox.operations)).toEqual(['observable.update'])
  })
})

describe('what is known to be gone', () => {
  const facts = {
    ...{ now: 0, waits: new Map(), parents: new Map() },
    ...{ titleOf: () => 'x', caseName: () => 'x' },
  }

  it('is shown while it is refused, and only when something is', async () => {
    const operation = { ...update, state: 'rejected', lastError } as const
    expect(viewOf({ ...operation, gone: { what: 'alert', by: 'bo', at: 7 } }, facts).gone).toEqual({
      ...{ what: 'alert', by: 'bo', at: 7 },
    })
    expect(viewOf({ ...operation, gone: { what: 'other' } }, facts)).not.toHaveProperty('gone')
  })

  it('is forgotten with the next try and with an edit: it is looked for again', async () => {
    const tried = await refused(update, { what: 'observable' })
    retryOperation('op', tried.context)
    expect(tried.outbox.operations[0]).not.toHaveProperty('gone')
    const edited = await refused(edit, { what: 'comment' })
    await editOperation({ id: 'op', edit: { kind: 'comment.edit', message: 'new' } }, edited.context)
    expect(edited.outbox.operations[0]).toMatchObject({ state: 'ready' })
    expect(edited.outbox.operations[0]).not.toHaveProperty('gone')
  })
})
