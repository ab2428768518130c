/** The rows of `fresh` that `shown` does not have: what "12 new" counts. */
export function arrivals(shown: readonly number[], fresh: readonly number[]): number[] {
  const known = new Set(shown)
  return fresh.filter((pk) => !known.has(pk))
}

/** Rows that left the view because of the analyst's own decision, each with its place, so that undo puts it back. */
export type Removed = { pk: number; index: number }

/** Takes rows out of the order. Nothing else moves. */
export function removeRows(
  order: readonly number[],
  leaving: ReadonlySet<number>,
): { order: number[]; removed: Removed[] } {
  const removed: Removed[] = []
  const kept: number[] = []
  order.forEach((pk, index) => {
    if (leaving.has(pk)) removed.push({ pk, index })
    else kept.push(pk)
  })
  return { order: kept, removed }
}

/** Puts rows back where they were; exact when nothing else changed meanwhile. */
export function restoreRows(order: readonly number[], removed: readonly Removed[]): number[] {
  const next = [...order]
  const present = new Set(order)
  for (const { pk, index } of [...removed].sort((a, b) => a.index - b.index))
    if (!present.has(pk)) next.splice(Math.min(index, next.length), 0, pk)
  return next
}

/** Where the cursor lands when its row leaves: the row that takes its place, else the one before. */
export function cursorAfterRemoval(
  before: readonly number[],
  leaving: ReadonlySet<number>,
  cursor: number | undefined,
): number | undefined {
  if (cursor === undefined || !leaving.has(cursor)) return cursor
  const at = before.indexOf(cursor)
  for (let i = at + 1; i < before.length; i += 1) if (!leaving.has(before[i] ?? -1)) return before[i]
  for (let i = at - 1; i >= 0; i -= 1) if (!leaving.has(before[i] ?? -1)) return before[i]
  return undefined
}

/**
 * Whether nothing moves that the analyst holds: down to the last held row (on screen, under the cursor, selected) the two
 * orders are the same. What lies below has not been seen and may come in without a word.
 */
export function keepsInPlace(
  shown: readonly number[],
  fresh: readonly number[],
  held: ReadonlySet<number>,
): boolean {
  const last = shown.findLastIndex((pk) => held.has(pk))
  return shown.slice(0, last + 1).every((pk, index) => pk === fresh[index])
}
