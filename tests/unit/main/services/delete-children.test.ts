import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { deleteChildren } from '#main/services/delete-children.ts'
import * as discuss from '#main/services/discuss.ts'
import * as enrich from '#main/services/enrich.ts'
import { aCreation, aKeptFile, anAlert, anOperation, plainMarks } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

const value = (localId: string, data: string) => ({ localId, dataType: 'ip', data })
const addition = (over: Partial<Operation> = {}) =>
  anOperation(
    'observable.add-values',
    { marks: plainMarks, values: [value('local:a', '192.0.2.1'), value('local:b', '192.0.2.2')] },
    { id: 'add', ...over },
  )
const tag = (observableId: string, id: string, over: Partial<Operation> = {}) =>
  anOperation(
    'observable.update',
    { observableId, change: { ioc: true } },
    { id, dependsOn: ['add'], ...over },
  )

async function rigged(...operations: Operation[]) {
  const rig = servicesRig({ alerts: [anAlert()], on: { '~1': { observables: [anObservable()] } } })
  await rig.context.book.append(operations)
  const remove = (...ids: string[]) =>
    deleteChildren(
      ids,
      (observableIds) => enrich.deleteObservables({ id: '~1', observableIds }, rig.context),
      rig.context,
    )
  return { ...rig, remove }
}

describe('deleting what still waits to be added', () => {
  it('takes it out of what adds it, with what was decided about it: nobody else’s goes in its place', async () => {
    const { outbox, remove } = await rigged(addition(), tag('local:a', 'tag-a'), tag('local:b', 'tag-b'))
    expect(await remove('local:a')).toMatchObject({ count: 0 })
    expect(outbox.operations).toEqual([
      addition({ payload: { marks: plainMarks, values: [value('local:b', '192.0.2.2')] } }),
      tag('local:b', 'tag-b'),
    ])
  })

  it('drops what would add nothing any more', async () => {
    const file = anOperation(
      'observable.add-file',
      { ...aKeptFile({ localId: 'local:f' }), marks: plainMarks },
      { id: 'file', state: 'rejected' },
    )
    const { outbox, remove } = await rigged(addition(), tag('local:a', 'tag-a'), file)
    await remove('local:a', 'local:b', 'local:f')
    expect(outbox.operations).toEqual([])
  })

  it('also a comment', async () => {
    const { context, outbox } = await rigged()
    await discuss.addComment({ id: '~1', message: 'frist' }, context)
    const { localId } = outbox.operations[0]!.payload as { localId: string }
    const queue = () => discuss.deleteComment({ id: '~1', commentId: localId }, context)
    await deleteChildren([localId], queue, context)
    expect(outbox.operations).toEqual([])
  })

  it('leaves those that are there to decisions of their own', async () => {
    const { outbox, remove } = await rigged(addition())
    expect(await remove('local:a', '~o1')).toMatchObject({ count: 1 })
    expect(outbox.operations).toMatchObject([
      { payload: { values: [{ localId: 'local:b' }] } },
      { kind: 'observable.delete', payload: { observableId: '~o1' } },
    ])
  })

  it.each<[string, Operation[]]>([
    ['it is on its way', [addition({ state: 'sending' })]],
    ['an attempt may have taken hold', [addition({ state: 'retry-at', mustVerify: true })]],
    ['one decision about it was exported', [addition(), tag('local:a', 'tag', { mustVerify: true })]],
    [
      'a new alert brings it along',
      [
        anOperation(
          'alert.create',
          aCreation({ values: [{ ...value('local:a', '192.0.2.1'), marks: plainMarks }] }),
          { id: 'add' },
        ),
      ],
    ],
  ])('is a decision of its own where %s', async (_why, operations) => {
    const { outbox, remove } = await rigged(...operations)
    expect(await remove('local:a')).toMatchObject({ count: 1 })
    expect(outbox.operations.slice(0, -1)).toEqual(operations)
    expect(outbox.operations.at(-1)).toMatchObject({ kind: 'observable.delete', dependsOn: ['add'] })
  })
})
