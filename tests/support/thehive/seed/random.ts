/** A small seeded generator (mulberry32): the same seed draws the same things on every machine. */
export type Random = {
  /** From 0 inclusive to 1 exclusive. */
  next: () => number
  /** A whole number from `low` to `high`, both inclusive. */
  int: (low: number, high: number) => number
  chance: (probability: number) => boolean
  pick: <V>(values: readonly V[]) => V
  /** Low indexes far more often than high ones, as a few campaigns make most of the noise. */
  skewed: <V>(values: readonly V[]) => V
  weighted: <V>(choices: readonly (readonly [V, number])[]) => V
  hex: (digits: number) => string
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const at = <V>(values: readonly V[], share: number): V => values[Math.floor(share * values.length)] as V
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => at(values, next()),
    skewed: (values) => at(values, next() ** 3),
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of choices) if ((left -= weight) < 0) return value
      return choices[0]?.[0] as never
    },
    hex: (digits) => {
      let text = ''
      while (text.length < digits) text += int(0, 0xffff).toString(16).padStart(4, '0')
      return text.slice(0, digits)
    },
  }
}
