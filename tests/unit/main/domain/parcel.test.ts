import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likenessOf } from '#main/domain/likeness.ts'
import { nextOperation, sendable } from '#main/domain/next-operation.ts'
import { parcelOf } from '#main/domain/parcel.ts'
import type { Letter } from '#main/domain/parcel.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import { childIdOf } from '#main/domain/target.ts'
import type { Operation, OperationState } from '#shared/model/operation.ts'
import { anOperation, plainMarks } from '#tests/support/make.ts'

const now = 100
const rules = { now, limitOf: () => 10, alone: new Set<string>() }
const update = (id: string, change: object, over: Partial<Operation> = {}) =>
  anOperation('alert.update', { change, effect: {} }, { id, ...over })

const idsOf = (letters: readonly Letter[]): string[][] =>
  letters.map(({ members }) => members.map(({ id }) => id))

const parcel = (operations: Operation[], over: Partial<typeof rules> = {}) => {
  const ours = new PendingIndex(operations)
  const first = nextOperation(ours, now)
  return first === undefined ? [] : idsOf(parcelOf(first, ours, { ...rules, ...over }))
}

describe('a parcel', () => {
  const close = { status: 'Ignored' }

  it('folds neighbouring edits of one alert, and carries equal ones of others', () => {
    const all = [
      update('a1', { severity: 3 }),
      update('b1', { severity: 3 }, { alertId: '~2' }),
      update('a2', close),
      update('b2', close, { alertId: '~2' }),
      update('c1', { severity: 4 }, { alertId: '~3' }),
    ]
    expect(parcel(all)).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ])
  })

  it('does not fold across another decision about the same alert', () => {
    const comment = anOperation('comment.add', { localId: 'local:c', message: 'x' }, { id: 'c' })
    expect(parcel([update('a', close), comment, update('b', { severity: 3 })])).toEqual([['a']])
  })

  it('leaves out what has to be compared first: that goes by itself', () => {
    const first = { mustCompare: true }
    const others = [update('b', close, { alertId: '~2', ...first }), update('c', close, { alertId: '~3' })]
    expect(parcel([update('a', close), ...others])).toEqual([['a'], ['c']])
    expect(parcel([update('a', close, first), ...others])).toEqual([['a']])
    expect(parcel([update('a', close), update('d', { severity: 3 }, first)])).toEqual([['a']])
  })

  it('leaves out what waits for its time, for the analyst, or for something unsent', () => {
    const over = (alertId: string, rest: Partial<Operation>) => ({ alertId, ...rest })
    const all = [
      update('a', close),
      update('held', close, over('~2', { state: 'held', notBefore: now + 1 })),
      update('conflict', close, over('~3', { state: 'conflict' })),
      update('promote', { severity: 3 }, over('~4', { state: 'conflict' })),
      update('after', close, over('~5', { dependsOn: ['promote'] })),
      update('z', close, over('~6', {})),
    ]
    expect(parcel(all)).toEqual([['a'], ['z']])
  })

  it('holds as many as the server takes at once', () => {
    const all = Array.from({ length: 25 }, (_, at) => update(`o${at}`, close, { alertId: `~${at}` }))
    expect(parcel(all)).toHaveLength(10)
    expect(parcel(all, { limitOf: () => 1 })).toHaveLength(1)
  })

  it('is never half in doubt: all of it is asked about first, or nothing', () => {
    const all = [update('a', close, { mustVerify: true }), update('b', close, { alertId: '~2' })]
    expect(parcel(all)).toEqual([['a']])
  })

  it('asks together about what was sent together, though one part would wait longer', () => {
    const doubt = { mustVerify: true, state: 'retry-at' } as const
    const all = [
      update('a', { severity: 3 }, { ...doubt, notBefore: 50 }),
      update('b', { severity: 4 }, { ...doubt, notBefore: 500 }),
    ]
    expect(parcel(all)).toEqual([['a', 'b']])
  })

  it('asks apart about what is in doubt since one moment and another: each may have taken hold without the other', () => {
    const doubt = { mustVerify: true, state: 'retry-at' } as const
    const all = [
      update('a', { severity: 3 }, { ...doubt, firstSentAt: 10 }),
      update('b', { tlp: 'red' }, { ...doubt, firstSentAt: 20 }),
    ]
    expect(parcel(all)).toEqual([['a']])
  })

  it('asks by itself about each of those that may have been sent elsewhere, one by one or together', () => {
    const carried = { role: 'imported', at: 1, file: 'f' } as const
    const over = { mustVerify: true, attempts: 1, carried }
    expect(parcel([update('a', { severity: 3 }, over), update('b', { severity: 4 }, over)])).toEqual([['a']])
  })

  it('also when one of them is on hold meanwhile: then together it is only asked', () => {
    const ours = new PendingIndex([
      update('a', { severity: 3 }, { mustVerify: true }),
      update('b', { severity: 4 }, { mustVerify: true, state: 'held', notBefore: 500 }),
    ])
    const [letter] = parcelOf(nextOperation(ours, now)!, ours, rules)
    expect(letter).toMatchObject({ askOnly: true, members: [{ id: 'a' }, { id: 'b' }] })
  })

  it('is one decision for those that were refused in company', () => {
    const all = [update('a', close), update('b', { severity: 3 }), update('c', close, { alertId: '~2' })]
    expect(parcel(all, { alone: new Set(['a']) })).toEqual([['a']])
    expect(parcel(all, { alone: new Set(['b']) })).toEqual([['a'], ['c']])
  })

  it('does not let a merge overtake a decision about the case', () => {
    const merge = (id: string, alertId: string) =>
      anOperation('alert.merge', { caseId: '~9' }, { id, alertId })
    const closing = anOperation(
      'case.update',
      { change: { status: 'Closed' }, effect: {} },
      { id: 'close', alertId: '~9' },
    )
    expect(parcel([merge('a', '~1'), merge('b', '~2')])).toEqual([['a'], ['b']])
    expect(parcel([merge('a', '~1'), closing, merge('b', '~2')])).toEqual([['a']])
    expect(parcel([merge('a', '~1'), merge('b', '~2'), closing])).toEqual([['a'], ['b']])
  })

  it('carries equal edits of several observables of one alert', () => {
    const mark = (id: string, observableId: string) =>
      anOperation('observable.update', { observableId, change: { ioc: true } }, { id })
    expect(parcel([mark('a', '~o1'), mark('b', '~o2')])).toEqual([['a'], ['b']])
  })
})

const change = fc.constantFrom<object>({ severity: 3 }, { severity: 4 }, { addTags: ['x'] }, { title: 'T' })
type Kind = 'update' | 'delete' | 'merge' | 'case' | 'comment' | 'observable' | 'values'
const anything = fc.record({
  kind: fc.constantFrom<Kind>(
    ...([
      'update',
      'update',
      'update',
      'delete',
      'merge',
      'case',
      'comment',
      'observable',
      'values',
    ] as const),
  ),
  change,
  alertId: fc.constantFrom('~1', '~2', '~3'),
  child: fc.constantFrom('~o1', '~o2'),
  state: fc.constantFrom<OperationState>(
    'ready',
    'ready',
    'ready',
    'held',
    'retry-at',
    'conflict',
    'rejected',
  ),
  notBefore: fc.constantFrom(0, 0, 0, 200),
  mustVerify: fc.constantFrom(false, false, true),
  dependsOn: fc.option(fc.nat(30), { nil: undefined, freq: 6 }),
})

type Draft = Parameters<Parameters<typeof anything.map>[0]>[0]

function made(draft: Draft, at: number): Operation {
  const { alertId, state, notBefore, mustVerify, dependsOn } = draft
  const depends = dependsOn !== undefined && dependsOn < at ? [`o${dependsOn}`] : []
  const over = { id: `o${at}`, alertId, state, notBefore, mustVerify, dependsOn: depends }
  switch (draft.kind) {
    case 'update':
      return update(over.id, draft.change, over)
    case 'delete':
      return anOperation('alert.delete', {}, over)
    case 'merge':
      return anOperation('alert.merge', { caseId: '~9' }, over)
    case 'case':
      return anOperation('case.update', { change: { flag: true }, effect: {} }, { ...over, alertId: '~9' })
    case 'comment':
      return anOperation('comment.edit', { commentId: draft.child, message: 'x' }, over)
    case 'observable':
      return anOperation('observable.update', { observableId: draft.child, change: { ioc: true } }, over)
    default: {
      const values = [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:v' }]
      return anOperation('observable.add-values', { marks: plainMarks, values }, over)
    }
  }
}

describe('whatever waits', () => {
  const pending = fc.array(anything, { maxLength: 30 }).map((drafts) => drafts.map(made))

  it('nothing is in a parcel that could not go one by one in its order', () => {
    fc.assert(
      fc.property(pending, (operations) => {
        const ours = new PendingIndex(operations)
        const first = nextOperation(ours, now)
        if (first === undefined) return
        const left = new PendingIndex(operations)
        for (const { id } of parcelOf(first, ours, rules).flatMap(({ members }) => members)) {
          const one = left.get(id)!
          const asked = one.mustVerify && first.mustVerify ? { ...one, notBefore: 0 } : one
          expect(sendable(asked, left, now)).toBe(true)
          left.drop(one)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('the parcels together hold everything that could go, once, and each target’s in their order', () => {
    fc.assert(
      fc.property(pending, (operations) => {
        const [singly, inParcels] = [drained(operations, 1), drained(operations, 10)]
        expect(new Set(inParcels)).toEqual(new Set(singly))
        expect(new Set(inParcels).size).toBe(inParcels.length)
        const targetOf = (id: string) => {
          const one = operations.find((other) => other.id === id)!
          return `${one.alertId} ${childIdOf(one) ?? ''}`
        }
        for (const target of new Set(inParcels.map(targetOf))) {
          const order = inParcels.filter((id) => targetOf(id) === target)
          expect(order).toEqual(order.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('a parcel of several asks one thing of each', () => {
    fc.assert(
      fc.property(pending, (operations) => {
        const ours = new PendingIndex(operations)
        const first = nextOperation(ours, now)
        if (first === undefined) return
        const letters = parcelOf(first, ours, rules)
        if (letters.length < 2) return
        expect(new Set(letters.map(({ operation }) => likenessOf(operation))).size).toBe(1)
        const targets = letters.map(({ operation }) => `${operation.alertId} ${childIdOf(operation) ?? ''}`)
        expect(new Set(targets).size).toBe(letters.length)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** Ids in the order a drain would send them, every attempt succeeding. Time stands at `now`, but what is in doubt is asked about. */
function drained(operations: readonly Operation[], limit: number): string[] {
  const left = new PendingIndex(operations.map((one) => (one.mustVerify ? { ...one, notBefore: 0 } : one)))
  const sent: string[] = []
  for (;;) {
    const first = nextOperation(left, now)
    if (first === undefined) return sent
    const alone = limit === 1 ? new Set([first.id]) : rules.alone
    const letters = parcelOf(first, left, { now, limitOf: () => limit, alone })
    for (const { id } of letters.flatMap(({ members }) => members)) {
      sent.push(id)
      left.drop({ id })
    }
  }
}
