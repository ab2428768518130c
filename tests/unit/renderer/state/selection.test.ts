import { describe, expect, it } from 'vitest'
import { emptySelection, extendTo, toggle, within } from '../../../../src-renderer/state/queue/selection.ts'

const order = [10, 20, 30, 40, 50]
const chosen = (selection: { chosen: ReadonlySet<number> }) => [...selection.chosen].sort((a, b) => a - b)

describe('selection', () => {
  it('toggles one row and starts ranges there', () => {
    const one = toggle(emptySelection, 20)
    expect(chosen(one)).toEqual([20])
    expect(chosen(toggle(one, 20))).toEqual([])
    expect(chosen(extendTo(one, 40, order))).toEqual([20, 30, 40])
  })

  it('extends upwards as well as downwards, and keeps the anchor', () => {
    const up = extendTo(toggle(emptySelection, 40), 20, order)
    expect(chosen(up)).toEqual([20, 30, 40])
    expect(chosen(extendTo(up, 50, order))).toEqual([20, 30, 40, 50])
  })

  it('chooses just the row when there is nothing to extend from', () => {
    expect(chosen(extendTo(emptySelection, 30, order))).toEqual([30])
    expect(extendTo(emptySelection, 99, order)).toBe(emptySelection)
  })

  it('forgets rows that left the view, and an anchor among them', () => {
    const range = extendTo(toggle(emptySelection, 10), 30, order)
    const left = within(range, new Set([10, 20]))
    expect(chosen(left)).toEqual([30])
    expect(left.anchor).toBeUndefined()
  })
})
