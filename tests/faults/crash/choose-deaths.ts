import type { Random } from '#tests/support/alerts/random.ts'
import type { ChooseDeaths } from './run-kind.ts'

const upTo = (most: number): number[] => Array.from({ length: most }, (_, at) => at + 1)

const aPair = (random: Random, steps: number) => ({
  first: 1 + random.below(steps),
  second: 1 + random.below(steps),
})

/** Every moment, and every moment of the life after each: a second life has no more steps than the first and its own start. */
export const everyDeath: ChooseDeaths = (steps) => [
  ...upTo(steps).map((first) => ({ first })),
  ...upTo(steps).flatMap((first) => upTo(steps).map((second) => ({ first, second }))),
]

/** Every moment, and so many pairs of them, drawn at random. */
export const drawnDeaths =
  (random: Random, pairs: number): ChooseDeaths =>
  (steps) => [...upTo(steps).map((first) => ({ first })), ...upTo(pairs).map(() => aPair(random, steps))]

/** One moment in so many, another share with each seed; and two deaths in a row, once. */
export const someDeaths =
  (random: Random, oneIn: number): ChooseDeaths =>
  (steps) => {
    const offset = random.below(oneIn)
    const single = upTo(steps).flatMap((first) => (first % oneIn === offset ? [{ first }] : []))
    return [...single, aPair(random, steps)]
  }
