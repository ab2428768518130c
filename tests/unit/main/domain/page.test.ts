import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextCursor } from '#main/domain/page.ts'
import type { PageCursor, PageRequest } from '#main/domain/page.ts'

/** The server's side of the bargain: filter by stamp, skip, limit, in order. */
function serve(
  stamps: readonly number[],
  { direction, cursor, limit }: PageRequest,
): { stamp: number; at: number }[] {
  const rows = stamps
    .map((stamp, at) => ({ stamp, at }))
    .sort((a, b) => (direction === 'asc' ? 1 : -1) * (a.stamp - b.stamp || a.at - b.at))
  const from = cursor?.stamp
  const inRange = rows.filter(
    ({ stamp }) => from === undefined || (direction === 'asc' ? stamp >= from : stamp <= from),
  )
  return inRange.slice(cursor?.skip ?? 0, (cursor?.skip ?? 0) + limit)
}

describe('keyset paging', () => {
  it('sees every row exactly once, however many share a millisecond', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('asc' as const, 'desc' as const),
        (stamps, limit, direction) => {
          const seen: number[] = []
          let cursor: PageCursor | undefined
          for (let pages = 0; pages <= stamps.length + 1; pages += 1) {
            const request: PageRequest = { field: 'createdAt', direction, cursor, limit }
            const rows = serve(stamps, request)
            seen.push(...rows.map(({ at }) => at))
            cursor = nextCursor(
              rows.map(({ stamp }) => stamp),
              request,
            )
            if (cursor === undefined) break
          }
          expect(cursor).toBeUndefined()
          expect(seen.toSorted((a, b) => a - b)).toEqual(stamps.map((_, at) => at))
        },
      ),
    )
  })
})
