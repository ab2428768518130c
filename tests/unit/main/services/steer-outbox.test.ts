import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationState } from '#shared/model/operation.ts'
import { holdOperations, sendNow, sendOperations } from '#main/services/steer-outbox.ts'
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
