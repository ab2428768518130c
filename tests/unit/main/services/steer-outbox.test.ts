import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationState } from '#shared/model/operation.ts'
import { dropOperation } from '#main/services/outbox.ts'
import {
  holdOperations,
  moveOperation,
  resumeOperations,
  sendNow,
  sendOperations,
} from '#main/services/steer-outbox.ts'
import { anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

type Seed = { id: string; on?: string; state?: OperationState; notBefore?: number; after?: string[] }

async function waiting(...seeds: Seed[]) {
  const rig = servicesRig({})
  await rig.context.book.append(
    seeds.map(({ id, on = '~1', state = 'held', notBefore = untilAnalyst, after = [] }) =>
      anOperation(
        'comment.add',
        { localId: `local:${id}`, message: id },
        { id, alertId: on, state, notBefore, dependsOn: after },
      ),
    ),
  )
  const stands = () => rig.outbox.operations.map(({ id, state }) => `${id} ${state}`)
  return { ...rig, stands }
}

describe('hold', () => {
  it.each<OperationState>(['held', 'ready', 'retry-at'])(
    'keeps what is %s until the analyst sends it',
    async (state) => {
      const { context, outbox } = await waiting({ id: 'a', state, notBefore: 0 })
      context.book.save({ ...outbox.operations[0]!, mustVerify: state === 'retry-at' })
      expect(holdOperations(['a'], context)).toEqual({ count: 1 })
      expect(outbox.operations).toMatchObject([
        { state: 'held', notBefore: untilAnalyst, mustVerify: state === 'retry-at' },
      ])
    },
  )

  it.each<OperationState>(['sending', 'conflict', 'rejected', 'cannot-tell'])(
    'refuses what is %s',
    async (state) => {
      const { context, stands } = await waiting({ id: 'a', state, notBefore: 0 })
      expect(() => holdOperations(['a'], context)).toThrow(expect.objectContaining({ kind: 'rejected' }))
      expect(stands()).toEqual([`a ${state}`])
    },
  )
})

describe('send this one', () => {
  it('takes along what has to go before it, and nothing else', async () => {
    const { context, stands } = await waiting(
      { id: 'other', on: '~2' },
      { id: 'before' },
      { id: 'case', on: '~3' },
      { id: 'this', after: ['case'] },
      { id: 'after' },
    )
    expect(sendOperations(['this'], context)).toEqual({ count: 3 })
    expect(stands()).toEqual(['other held', 'before ready', 'case ready', 'this ready', 'after held'])
  })

  it('leaves what needs the analyst as it is', async () => {
    const { context, stands } = await waiting({ id: 'a', state: 'rejected' }, { id: 'b', after: ['a'] })
    sendOperations(['b'], context)
    expect(stands()).toEqual(['a rejected', 'b ready'])
    expect(() => sendOperations(['a'], context)).toThrow(expect.objectContaining({ kind: 'rejected' }))
  })

  it('all of them: holds end too', async () => {
    const { context, outbox } = await waiting({ id: 'a' }, { id: 'b', on: '~2', state: 'retry-at' })
    sendNow(context)
    expect(outbox.operations).toMatchObject([
      { state: 'ready', notBefore: 1_000 },
      { state: 'ready', notBefore: 1_000 },
    ])
  })
})

describe('resume', () => {
  it('ends the hold of these alone', async () => {
    const { context, stands } = await waiting({ id: 'a' }, { id: 'b', after: ['a'] })
    expect(resumeOperations({ ids: ['b'], exported: false }, context)).toEqual({ count: 1 })
    expect(stands()).toEqual(['a held', 'b ready'])
  })
})

describe('move', () => {
  it('changes the order here and in the file', async () => {
    const { context, stands } = await waiting({ id: 'a' }, { id: 'b', on: '~2' }, { id: 'c', on: '~3' })
    moveOperation({ id: 'c', direction: 'up' }, context)
    moveOperation({ id: 'a', direction: 'down' }, context)
    expect(stands()).toEqual(['c held', 'a held', 'b held'])
    expect(context.book.all().map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })

  it('says why not', async () => {
    const { context, stands } = await waiting(
      { id: 'a' },
      { id: 'b' },
      { id: 'c', on: '~2', state: 'sending' },
    )
    expect(() => moveOperation({ id: 'b', direction: 'up' }, context)).toThrow(/same alert/)
    expect(() => moveOperation({ id: 'c', direction: 'up' }, context)).toThrow(/waits to be sent/)
    expect(stands()).toEqual(['a held', 'b held', 'c sending'])
  })
})

describe('drop', () => {
  it('takes along what was built on it, if the analyst was told so', async () => {
    const { context, stands } = await waiting(
      { id: 'a' },
      { id: 'b', on: '~2', after: ['a'] },
      { id: 'c', on: '~3', after: ['b'] },
      { id: 'd', on: '~4' },
    )
    await expect(dropOperation({ id: 'a', together: ['b'] }, context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(stands()).toHaveLength(4)
    expect(await dropOperation({ id: 'a', together: ['b', 'c'] }, context)).toEqual({ count: 3 })
    expect(stands()).toEqual(['d held'])
  })

  it('drops nothing while one of them may be on its way', async () => {
    const { context, stands } = await waiting(
      { id: 'a' },
      { id: 'b', on: '~2', after: ['a'], state: 'sending' },
    )
    await expect(dropOperation({ id: 'a', together: ['b'] }, context)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(stands()).toHaveLength(2)
  })
})
