/** Equality of stored values: nothing, plain values, and lists of them. */
export const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)
