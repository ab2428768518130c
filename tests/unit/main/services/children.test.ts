import { describe, expect, it } from 'vitest'
import * as discuss from '#main/services/discuss.ts'
import * as enrich from '#main/services/enrich.ts'
import { undoGroup } from '#main/services/outbox.ts'
import { aComment, aProcedure, anAlert, plainMarks } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

const rig = (capabilities = {}) =>
  servicesRig({
    capabilities,
    alerts: [anAlert()],
    on: {
      '~1': {
        comments: [aComment()],
        procedures: [aProcedure()],
        observables: [anObservable(), anObservable({ id: '~o2', tlp: 'red' })],
      },
    },
  })

/** Reads a file of any path as eight bytes of evidence; paths that say so cannot be read. */
const takeIn = (path: string) =>
  path.includes('unreadable')
    ? Promise.reject(new Error('no'))
    : Promise.resolve({
        ...{ id: `s-${path}`, name: path, size: 8, sha256: 'ab', contentType: 'text/plain' },
        ...{ iv: '', tag: '', createdAt: 1 },
      })

describe('what is decided about a child', () => {
  it('remembers what was seen of it, pending edits included', async () => {
    const { context, outbox } = rig()
    await discuss.editComment({ id: '~1', commentId: '~c1', message: 'two' }, context)
    await discuss.editComment({ id: '~1', commentId: '~c1', message: 'three' }, context)
    expect(outbox.operations.map((one) => one.base)).toEqual([
      { message: 'looked at it' },
      { message: 'two' },
    ])
    const change = { occurDate: 9, description: 'by mail' }
    await discuss.editProcedure({ id: '~1', procedureId: '~p1', change }, context)
    expect(outbox.operations[2]?.base).toEqual({ occurDate: 1_500, description: null })
  })

  it('meets what came in since its edit began: words go together, or wait for the analyst', async () => {
    const { context, outbox } = rig()
    const ground = { id: '~1', commentId: '~c1' }
    const before = { message: 'looked' }
    await discuss.editComment({ ...ground, message: 'mine', before }, context)
    await discuss.editProcedure(
      { id: '~1', procedureId: '~p1', change: { occurDate: 9 }, before: { occurDate: 7 } },
      context,
    )
    const which = { id: '~1', observableIds: ['~o1', '~o2'], change: { tlp: 'green' } as const }
    const seen = { '~o1': { tlp: 'amber' }, '~o2': { tlp: 'amber' } } as const
    await enrich.updateObservables({ ...which, before: seen }, context)
    expect(outbox.operations).toMatchObject([
      { conflicts: [{ field: 'message', base: 'looked', mine: 'mine', theirs: 'looked at it' }] },
      { conflicts: [{ field: 'occurDate', base: 7, mine: 9, theirs: 1_500 }] },
      { state: 'held', base: { tlp: 'amber' } },
      { conflicts: [{ field: 'tlp', base: 'amber', mine: 'green', theirs: 'red' }] },
    ])
  })

  it('that still waits here builds on the decision that adds it, and keeps it from being taken back', async () => {
    const { context, outbox } = rig()
    const added = await discuss.addComment({ id: '~1', message: 'frist' }, context)
    const [add] = outbox.operations
    const commentId = (add!.payload as { localId: string }).localId
    const edited = await discuss.editComment({ id: '~1', commentId, message: 'first' }, context)
    expect(outbox.operations[1]).toMatchObject({ dependsOn: [add!.id], base: { message: 'frist' } })
    await expect(undoGroup(added.groupId, context)).rejects.toMatchObject({ details: { followers: 1 } })
    await undoGroup(edited.groupId, context)
    await undoGroup(added.groupId, context)
    expect(outbox.operations).toEqual([])
  })

  it('that has just got its server id is found under either, though the cache still shows the old one', async () => {
    const { context, outbox } = servicesRig({
      alerts: [anAlert()],
      on: { '~1': { comments: [aComment({ id: 'local:m' })] } },
    })
    context.book.mapId('local:m', '~7')
    await discuss.editComment({ id: '~1', commentId: 'local:m', message: 'two' }, context)
    await discuss.editComment({ id: '~1', commentId: '~7', message: 'three' }, context)
    expect(outbox.operations.map((one) => one.payload)).toMatchObject([
      { commentId: '~7' },
      { commentId: '~7' },
    ])
  })

  it('over several observables is one operation each; one that is not here refuses them all', async () => {
    const { context, outbox } = rig()
    const change = { tlp: 'green' as const }
    const given = { id: '~1', observableIds: ['~o1', '~o2', '~o1'], change }
    expect(await enrich.updateObservables(given, context)).toMatchObject({ count: 2 })
    expect(outbox.operations.map((one) => one.base)).toEqual([{ tlp: 'amber' }, { tlp: 'red' }])
    const missing = enrich.deleteObservables({ id: '~1', observableIds: ['~o1', '~none'] }, context)
    await expect(missing).rejects.toMatchObject({ kind: 'not-found' })
    expect(outbox.operations).toHaveLength(2)
  })

  it('that is deleted already is not there to be decided about', async () => {
    const { context } = rig()
    await discuss.deleteComment({ id: '~1', commentId: '~c1' }, context)
    const again = discuss.editComment({ id: '~1', commentId: '~c1', message: 'x' }, context)
    await expect(again).rejects.toMatchObject({ kind: 'not-found' })
  })

  it.each([
    ['comment', (context: never) => discuss.addComment({ id: '~1', message: 'x' }, context)],
    ['procedure', (context: never) => discuss.deleteProcedure({ id: '~1', procedureId: '~p1' }, context)],
    ['attachment', (context: never) => discuss.deleteAttachment({ id: '~1', attachmentId: '~f1' }, context)],
    [
      'changeObservable',
      (context: never) => enrich.deleteObservables({ id: '~1', observableIds: ['~o1'] }, context),
    ],
  ] as const)('is refused where the server has no %s', async (ability, decide) => {
    const { context, outbox } = rig({ cannot: { [ability]: 'Not here.' } })
    await expect(decide(context as never)).rejects.toMatchObject({ kind: 'forbidden', message: 'Not here.' })
    expect(outbox.operations).toEqual([])
  })
})

describe('a procedure', () => {
  it('of a technique with several tactics needs one chosen', async () => {
    const { context, outbox } = rig()
    const input = { patternId: 'T1078', occurDate: 5 }
    const wish = discuss.addProcedure({ id: '~1', input }, context)
    await expect(wish).rejects.toMatchObject({ next: expect.stringContaining('persistence') as string })
    await discuss.addProcedure({ id: '~1', input: { ...input, tactic: 'persistence' } }, context)
    expect(outbox.operations).toHaveLength(1)
  })
})

describe('files', () => {
  it('are attached one by one; one that cannot be read is named and the others go on', async () => {
    const { context, outbox } = rig()
    const paths = ['a.txt', '/tmp/unreadable.bin', 'b.txt']
    const { files, count } = await enrich.addAttachments({ id: '~1', paths }, { ...context, takeIn })
    expect(count).toBe(2)
    expect(files.map(({ name, refused }) => [name, refused !== undefined])).toEqual([
      ['a.txt', false],
      ['unreadable.bin', true],
      ['b.txt', false],
    ])
    expect(outbox.operations.map(({ kind }) => kind)).toEqual(['attachment.add', 'attachment.add'])
  })

  it('are refused where they come with a new alert only', async () => {
    const { context, outbox } = rig({ cannot: { fileObservables: 'With a new alert only.' } })
    const given = { id: '~1', paths: ['a.txt'], marks: plainMarks }
    await expect(enrich.addFiles(given, { ...context, takeIn })).rejects.toMatchObject({
      kind: 'forbidden',
      message: 'With a new alert only.',
    })
    expect(outbox.operations).toEqual([])
  })

  it('as a zip carry its password, and are refused where nothing unpacks them', async () => {
    const given = { id: '~1', paths: ['a.zip'], marks: plainMarks, zip: { password: 'malware' } }
    const none = rig()
    const wish = enrich.addFiles(given, { ...none.context, takeIn })
    await expect(wish).rejects.toMatchObject({ kind: 'forbidden' })
    const { context, outbox } = rig({ cannot: { zippedObservables: undefined } })
    await enrich.addFiles(given, { ...context, takeIn })
    expect(outbox.operations).toMatchObject([{ payload: { zip: { password: 'malware' } } }])
  })
})
