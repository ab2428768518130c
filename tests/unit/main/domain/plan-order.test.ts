import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindsOrder, moved, parentsOf } from '#main/domain/plan-order.ts'
import type { Direction } from '#main/domain/plan-order.ts'
import { dependentsOf, waitsForEach, withPredecessors } from '#main/domain/waits-for.ts'
import { sendable } from '#main/domain/next-operation.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, anOperation } from '#tests/support/make.ts'

const asIs = (id: string) => id
const note = (id: string, on: string, over: Partial<Operation> = {}) =>
  anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, alertId: on, ...over })
const promote = (id: string, on: string, makes: string) =>
  anOperation('alert.promote', { choices: {}, predicted: aCase({ id: makes }) }, { id, alertId: on })
const merge = (id: string, on: string, caseId: string, over: Partial<Operation> = {}) =>
  anOperation('alert.merge', { caseId }, { id, alertId: on, ...over })
const change = (id: string, caseId: string, over: Partial<Operation> = {}) =>
  anOperation('case.update', { change: { flag: true }, effect: {} }, { id, alertId: caseId, ...over })

/** A plan as analysts make it: notes on few alerts, promotions, merges into cases and changes of them, some that need them. */
const plan: fc.Arbitrary<Operation[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('note', 'promote', 'merge', 'change'),
      on: fc.constantFrom('~1', '~2', '~3', '~4', '~5'),
      after: fc.nat(),
      state: fc.constantFrom('held', 'ready', 'retry-at', 'conflict', 'rejected', 'sending'),
    }),
    { maxLength: 12 },
  )
  .map((seeds) =>
    seeds.reduce<Operation[]>((made, { kind, on, after, state }, index) => {
      const id = `op-${index}`
      const earlier = made[after % Math.max(1, made.length)]
      const promises = made.filter((one) => one.kind === 'alert.promote')
      const into = promises[after % Math.max(1, promises.length)]
      const over = { state } as const
      const caseId = into?.kind === 'alert.promote' ? into.payload.predicted.id : '~9'
      const onCase = { ...over, dependsOn: into === undefined ? [] : [into.id] }
      const dependsOn = earlier !== undefined && after % 3 === 0 ? [earlier.id] : []
      const next = {
        promote: () => ({ ...promote(id, on, `local:case-${index}`), ...over }),
        merge: () => merge(id, on, caseId, onCase),
        change: () => change(id, caseId, onCase),
        note: () => note(id, on, { ...over, dependsOn }),
      }[kind]()
      return [...made, next]
    }, []),
  )

const apply = (pending: readonly Operation[], order: readonly string[]): Operation[] => {
  const inOrder = order.map((id) => pending.find((one) => one.id === id)!).values()
  return pending.map((one) => (order.includes(one.id) ? inOrder.next().value! : one))
}

describe('moving decisions within the plan', () => {
  it('any sequence of allowed moves keeps what order means', () => {
    const moves = fc.array(fc.tuple(fc.nat(), fc.constantFrom<Direction>('up', 'down')), { maxLength: 20 })
    let allowed = 0
    fc.assert(
      fc.property(plan, moves, (made, asked) => {
        let now = made
        for (const [at, direction] of asked) {
          const id = now[at % Math.max(1, now.length)]?.id ?? ''
          const result = moved(id, direction, { pending: now, resolveId: asIs })
          if ('order' in result) {
            allowed += 1
            now = apply(now, result.order)
          }
        }
        expect(now.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted())
        const place = (id: string) => now.findIndex((one) => one.id === id)
        made.forEach((earlier, at) => {
          for (const later of made.slice(at + 1))
            if (bindsOrder(earlier, later, asIs) !== undefined)
              expect(place(earlier.id)).toBeLessThan(place(later.id))
        })
      }),
      { numRuns: 1_000 },
    )
    expect(allowed).toBeGreaterThan(300)
  })

  it('up and down are each other’s way back', () => {
    const pending = [note('a', '~1'), note('b', '~2'), note('c', '~3')]
    const up = moved('b', 'up', { pending, resolveId: asIs })
    expect(up).toEqual({ order: ['b', 'a'] })
    expect(moved('b', 'down', { pending: apply(pending, ['b', 'a']), resolveId: asIs })).toEqual({
      order: ['a', 'b'],
    })
  })

  it('a decision with others beneath it is passed whole', () => {
    const pending = [
      promote('p', '~1', 'local:c'),
      merge('m', '~2', 'local:c', { dependsOn: ['p'] }),
      note('n', '~3'),
    ]
    expect(moved('n', 'up', { pending, resolveId: asIs })).toEqual({ order: ['n', 'p', 'm'] })
    expect(moved('p', 'down', { pending, resolveId: asIs })).toEqual({ order: ['n', 'p', 'm'] })
    expect(parentsOf(pending)).toEqual(new Map([['m', 'p']]))
  })

  it.each<[string, Operation[], Direction]>([
    ['past another about the same alert', [note('a', '~1'), note('b', '~1')], 'up'],
    ['past another about the same alert under its two ids', [note('a', 'local:1'), note('b', '~1')], 'up'],
    ['past another about the same case', [merge('a', '~1', '~9'), merge('b', '~2', '~9')], 'up'],
    ['before the first', [note('b', '~1')], 'up'],
    ['behind the last', [note('b', '~1')], 'down'],
  ])('refuses to move %s', (_, pending, direction) => {
    const resolveId = (id: string) => (id === 'local:1' ? '~1' : id)
    expect(moved('b', direction, { pending, resolveId })).toHaveProperty('cannot')
  })
})

describe('what a decision waits for', () => {
  it('says so exactly where the runner would not send it', () => {
    fc.assert(
      fc.property(plan, (pending) => {
        const waits = waitsForEach({ pending, resolveId: asIs })
        for (const one of pending.filter(({ state }) => ['held', 'ready', 'retry-at'].includes(state)))
          expect(sendable(one, new PendingIndex(pending), 1)).toBe(waits.get(one.id)?.length === 0)
      }),
      { numRuns: 500 },
    )
  })

  it('with what has to go before it, nothing is left to wait for', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (pending, at) => {
        const one = pending[at % Math.max(1, pending.length)]
        if (one === undefined) return
        const waits = waitsForEach({ pending, resolveId: asIs })
        const all = withPredecessors([one.id], { pending, resolveId: asIs })
        const ids = all.map(({ id }) => id)
        expect(ids).toContain(one.id)
        for (const id of ids) for (const before of waits.get(id) ?? []) expect(ids).toContain(before.id)
      }),
    )
  })

  it('is, of a change of a case, every merge since the one before, and of a merge the last change', () => {
    const pending = [
      merge('a', '~1', '~9'),
      merge('b', '~2', '~9'),
      change('c', '~9'),
      merge('d', '~3', '~9'),
      change('e', '~9'),
    ]
    const waits = waitsForEach({ pending, resolveId: asIs })
    expect([...waits].map(([id, before]) => [id, before.map((one) => one.id)])).toEqual([
      ['a', []],
      ['b', []],
      ['c', ['a', 'b']],
      ['d', ['c']],
      ['e', ['c', 'd']],
    ])
  })

  it('comes in the order of sending, whatever order it names', () => {
    const pending = [
      note('a', '~1'),
      note('b', '~2'),
      note('c', '~3'),
      note('d', '~4', { dependsOn: ['c', 'a', 'x'] }),
    ]
    const waits = waitsForEach({ pending, resolveId: asIs })
    expect(waits.get('d')?.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('is found without looking through the plan again for each of a thousand that were built on one', () => {
    const merges = Array.from({ length: 1_000 }, (_, at) =>
      merge(`m${at}`, `~a${at}`, 'local:c', { dependsOn: ['p'] }),
    )
    let reads = 0
    const pending = new Proxy([promote('p', '~0', 'local:c'), ...merges], {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1
        return Reflect.get(target, key) as unknown
      },
    })
    const waits = waitsForEach({ pending, resolveId: asIs })
    expect(waits.get('m999')?.map(({ id }) => id)).toEqual(['p'])
    expect(reads).toBeLessThan(10 * merges.length)
  })

  it('what falls with it is whatever was built on it, directly or not', () => {
    const pending = [
      note('a', '~1'),
      note('b', '~2', { dependsOn: ['a'] }),
      note('c', '~3', { dependsOn: ['b', 'x'] }),
      note('d', '~1'),
    ]
    expect(dependentsOf(['a'], pending).map(({ id }) => id)).toEqual(['b', 'c'])
  })
})
