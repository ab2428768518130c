/** Stands between fields of folded text: folding turns it into a blank, so no search can match across two of them. */
export const separator = '\u001f'

/** Ten thousand billion ms (the year 2286): `urgency` is severity × this + date, so dates stay below it. */
export const dateLimit = 10_000_000_000_000
