import type { Random } from '#tests/support/alerts/random.ts'
import type { ChooseDeaths } from './run-kind.ts'

const upTo = (most: number): number[] => Array.from({ length: most }, (_, at) => at + 1)

/** Every moment, and every moment of the life after each: a second life has no more steps than the first and its own start. */
export const everyDeath: ChooseDeaths = (steps) => [
  ...upTo(steps).map((first) => ({ first })),
  ...upTo(steps).flatMap((first) => upTo(steps).map((second) => ({ first, second }))),
]

/** One moment in so many, another share with each seed; and two deaths in a row, once. */
export const someDeaths =
  (random: Random, oneIn: number): ChooseDeaths =>
  (steps) => {
    const offset = random.below(oneIn)
    const pair = { first: 1 + random.below(steps), second: 1 + random.below(steps) }
    return [...upTo(steps).flatMap((first) => (first % oneIn === offset ? [{ first }] : [])), pair]
  }
