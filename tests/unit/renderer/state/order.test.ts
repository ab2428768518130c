import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrivals,
  cursorAfterRemoval,
  removeRows,
  restoreRows,
  keepsInPlace,
} from '../../../../src-renderer/state/queue/order.ts'

const orders = fc.uniqueArray(fc.nat(500), { maxLength: 60 })
const orderAndSome = orders.chain((order) => fc.tuple(fc.constant(order), fc.subarray(order)))

describe('the order on screen', () => {
  it('keeps every other row in its sequence when some leave', () => {
    fc.assert(
      fc.property(orderAndSome, ([order, leaving]) => {
        const gone = new Set(leaving)
        expect(removeRows(order, gone).order).toEqual(order.filter((pk) => !gone.has(pk)))
      }),
    )
  })

  it('is exactly as before once a removal is undone', () => {
    fc.assert(
      fc.property(orderAndSome, ([order, leaving]) => {
        const { order: kept, removed } = removeRows(order, new Set(leaving))
        expect(restoreRows(kept, removed)).toEqual(order)
      }),
    )
  })

  it('never shows a row twice, even when it came back by itself before the undo', () => {
    const { order, removed } = removeRows([1, 2, 3], new Set([2]))
    expect(restoreRows([...order, 2], removed)).toEqual([1, 3, 2])
  })

  it('counts as new only what was not shown', () => {
    expect(arrivals([3, 2, 1], [5, 3, 4, 2, 1])).toEqual([5, 4])
    expect(arrivals([3, 2, 1], [1, 2])).toEqual([])
  })
})

describe('the cursor', () => {
  it('stays when its row stays', () => {
    expect(cursorAfterRemoval([1, 2, 3], new Set([1]), 2)).toBe(2)
  })

  it('takes the next row that stays, else the one before, else nothing', () => {
    expect(cursorAfterRemoval([1, 2, 3, 4], new Set([2, 3]), 2)).toBe(4)
    expect(cursorAfterRemoval([1, 2, 3, 4], new Set([3, 4]), 4)).toBe(2)
    expect(cursorAfterRemoval([1, 2], new Set([1, 2]), 1)).toBeUndefined()
  })

  it('never lands on a row that leaves', () => {
    fc.assert(
      fc.property(orderAndSome, fc.nat(500), ([order, leaving], cursor) => {
        const gone = new Set(leaving)
        const next = cursorAfterRemoval(order, gone, cursor)
        expect(next === undefined || !gone.has(next)).toBe(true)
      }),
    )
  })
})

describe('keepsInPlace', () => {
  it.each([
    ['rows added at the end', [1, 2, 3], [1, 2, 3, 4], [1, 2], true],
    ['rows that come in below what is held', [1, 2, 3, 4], [1, 2, 9, 3, 4], [1, 2], true],
    ['a row that comes in above what is held', [1, 2, 3], [9, 1, 2, 3], [1, 2], false],
    ['a row that comes in between held rows', [1, 2, 3], [1, 9, 2, 3], [1, 2], false],
    ['a held row that left', [1, 2, 3], [1, 3], [2], false],
    ['anything, when nothing is held', [1, 2], [9, 2, 1], [], true],
  ])('%s', (_, shown, fresh, held, still) => {
    expect(keepsInPlace(shown, fresh, new Set(held))).toBe(still)
  })
})
