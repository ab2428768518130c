import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationState } from '#shared/model/operation.ts'
import { exported } from '#main/domain/carried.ts'
import { whyNotEditable } from '#main/services/edit-operation.ts'
import { dropOperation, retryOperation, undoGroup } from '#main/services/outbox.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { resumeOperations, sendNow, sendOperations } from '#main/services/steer-outbox.ts'
import { anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const mark = { at: 500, file: 'a.forager-outbox', clockAhead: 0 }

/** Two about one alert: the first was exported, the second decided afterwards. */
async function away(state: OperationState = 'ready') {
  const rig = servicesRig({})
  const note = (id: string, over: object = {}) =>
    anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, groupId: id, ...over })
  const conflicts =
    state === 'conflict' ? [{ field: 'message', base: 'a', mine: 'b', theirs: 'c' }] : undefined
  const first = exported(note('a', { state, ...(conflicts && { conflicts }) }), mark)
  await rig.context.book.append([first, note('b')])
  return { ...rig, first: () => rig.outbox.get('a') }
}

const refusal = expect.objectContaining({
  kind: 'rejected',
  message: 'This was exported to a.forager-outbox.',
  next: expect.stringContaining('Resume it first') as string,
}) as unknown

describe('what was exported', () => {
  it('is not sent by the way: not with all, not by itself, not because a later one is sent', async () => {
    const { context, first } = await away()
    sendNow(context)
    expect(first()).toMatchObject({ state: 'held', notBefore: untilAnalyst })
    expect(() => sendOperations(['a'], context)).toThrow(refusal)
    expect(() => sendOperations(['b'], context)).toThrow(
      /has to go before it was exported to a\.forager-outbox/,
    )
    expect(() => resumeOperations({ ids: ['a'], exported: false }, context)).toThrow(refusal)
    expect(first()).toMatchObject({ state: 'held', notBefore: untilAnalyst })
  })

  it('goes from here once the analyst resumes it knowingly, after the server was asked', async () => {
    const { context, first } = await away()
    expect(resumeOperations({ ids: ['a'], exported: true }, context)).toEqual({ count: 1 })
    expect(first()).toMatchObject({
      ...{ state: 'ready', notBefore: 1_000, mustVerify: true },
      carried: { role: 'resumed', at: 1_000, file: 'a.forager-outbox' },
    })
  })

  it('cannot be undone, tried again, settled or edited before that', async () => {
    const { context, first } = await away('conflict')
    await expect(undoGroup('a', context)).rejects.toThrow(refusal)
    expect(() => retryOperation('a', context)).toThrow(refusal)
    const choice = { id: 'a', seen: { message: 'c' }, choices: { message: 'mine' as const } }
    await expect(resolveConflict(choice, context)).rejects.toThrow(refusal)
    expect(whyNotEditable(first()!)).toContain('resume it first')
  })

  it('is in conflict still when it is resumed, and asked about when it is tried again', async () => {
    const { context, first } = await away('rejected')
    resumeOperations({ ids: ['a'], exported: true }, context)
    expect(first()).toMatchObject({ state: 'rejected', carried: { role: 'resumed' } })
    retryOperation('a', context)
    expect(first()).toMatchObject({ state: 'ready', mustVerify: true })
  })

  it('can be dropped here: the file has it', async () => {
    const { context, outbox } = await away()
    expect(await dropOperation({ id: 'a', together: [] }, context)).toEqual({ count: 1 })
    expect(outbox.operations.map(({ id }) => id)).toEqual(['b'])
  })
})
