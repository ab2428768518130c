/**
 * The same plain data with U+FFFD where a text holds half of a pair, as a feed leaves it that cuts an emoji in two. A database has no
 * other form for it either: unmended, what is shown and what is looked for would differ.
 */
export function wellFormed<T>(value: T): T {
  return mended(value) as T
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toWellFormed(), mended(part)]))
}
