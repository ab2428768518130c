import fc from 'fast-check'
import { expect, it } from 'vitest'
import { intervalOfMoment } from '#shared/query/moment.ts'

const shifted = (text: string, now: Date) => new Date(intervalOfMoment(text, now.getTime())!.from)
/** In local time, as the analyst's calendar counts. */
const monthOf = (date: Date) => date.getFullYear() * 12 + date.getMonth()
const daysIn = (month: number) =>
  new Date(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 0).getDate()

/** Any hour of any day of a hundred years, the ends of months more often. */
const now = fc
  .tuple(fc.nat(1_200), fc.oneof(fc.nat(3), fc.nat(30)), fc.nat(23))
  .map(([month, fromLast, hour]) => {
    const year = 1990 + Math.floor(month / 12)
    return new Date(year, month % 12, Math.max(1, daysIn(year * 12 + (month % 12)) - fromLast), hour)
  })
/** As it is written, and how many months that is. */
const shift = fc
  .tuple(fc.constantFrom('+', '-'), fc.nat(1_200), fc.constantFrom('mo', 'y'))
  .map(([sign, count, unit]) => ({
    text: `${sign}${count}${unit}`,
    months: Number(`${sign}${count}`) * (unit === 'y' ? 12 : 1),
  }))

it('a month or a year from now is that month, on the same day or on its last', () => {
  fc.assert(
    fc.property(now, shift, (from, { text, months }) => {
      const to = shifted(text, from)
      expect(monthOf(to)).toBe(monthOf(from) + months)
      expect(to.getDate()).toBe(Math.min(from.getDate(), daysIn(monthOf(to))))
    }),
  )
})

it.each([
  ['-1mo', new Date(2026, 2, 31, 9), new Date(2026, 1, 28, 9)],
  ['+1mo', new Date(2026, 0, 31, 9), new Date(2026, 1, 28, 9)],
  ['-1y', new Date(2028, 1, 29, 9), new Date(2027, 1, 28, 9)],
])('%s at the end of a month does not run over into the next one', (text, from, to) => {
  expect(shifted(text, from)).toEqual(to)
})
