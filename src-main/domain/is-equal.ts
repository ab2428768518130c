/** Equality of stored values: nothing, plain values, and lists of them. */
export const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

/** Whether a field says the same: a text that is empty says nothing, and a server shows neither. */
export const saysTheSame = (one: unknown, other: unknown): boolean => isEqual(said(one), said(other))

const said = (value: unknown): unknown => (value === '' || value === undefined ? null : value)
