import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationView } from '#shared/model/operation-view.ts'
import { arranged, stillArranged } from '../../../../src-renderer/features/outbox/still-lines.ts'
import type { Arrangement } from '../../../../src-renderer/features/outbox/still-lines.ts'

type State = OperationView['state']
const line = (id: string, state: State = 'ready', more: Partial<OperationView> = {}) =>
  ({ id, state, sentence: id, ...more }) as OperationView
const refused = { lastError: { kind: 'forbidden', message: 'No.' } } as const
const words = ({ forYou, plan }: Arrangement) =>
  [forYou, plan].map((lines) =>
    lines.map(({ operation, left }) => (left ? `(${operation.id} ${left})` : operation.id)),
  )

const states: State[] = ['held', 'ready', 'sending', 'conflict', 'rejected']
const outbox = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), state: fc.constantFrom(...states) }), {
    selector: ({ id }) => id,
  })
  .map((lines) => lines.map(({ id, state }) => line(id, state)))

describe('lines that somebody aims at', () => {
  const before = arranged([line('a', 'conflict'), line('b'), line('c'), line('d')])

  it('leave their place empty when they go, and say where they went', () => {
    const now = arranged([line('a'), line('c', 'conflict'), line('d', 'sending')])
    expect(words(stillArranged(before, now))).toEqual([
      ['(a waits to be sent)'],
      ['(b no longer waits)', '(c needs you)', 'd', 'a'],
    ])
  })

  it('take what does not change their height at once, and the rest later', () => {
    const now = arranged([
      line('a', 'conflict'),
      line('b', 'sending'),
      line('c', 'retry-at', refused),
      line('d'),
    ])
    expect(stillArranged(before, now).plan.map(({ operation }) => operation.state)).toEqual([
      'sending',
      'ready',
      'ready',
    ])
  })

  it('stand again where they come back', () => {
    const without = stillArranged(before, arranged([line('a', 'conflict'), line('c'), line('d')]))
    expect(words(stillArranged(without, arranged([line('a', 'conflict'), line('d'), line('b')])))).toEqual([
      ['a'],
      ['b', '(c no longer waits)', 'd'],
    ])
  })

  it('keep their places through whatever happens; nothing that waits is missing from below', () => {
    fc.assert(
      fc.property(outbox, fc.array(outbox, { minLength: 1, maxLength: 5 }), (first, rest) => {
        let shown = arranged(first)
        for (const news of rest) {
          const next = stillArranged(shown, arranged(news))
          for (const part of ['forYou', 'plan'] as const)
            expect(next[part].slice(0, shown[part].length).map(({ operation }) => operation.id)).toEqual(
              shown[part].map(({ operation }) => operation.id),
            )
          expect(next.forYou).toHaveLength(shown.forYou.length)
          const standing = next.plan
            .filter(({ left }) => left === undefined)
            .map(({ operation }) => operation.id)
          expect(standing.toSorted()).toEqual(
            arranged(news)
              .plan.map(({ operation }) => operation.id)
              .toSorted(),
          )
          shown = next
        }
      }),
    )
  })
})
