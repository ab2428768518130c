import type { StatCount } from './alert-search.ts'

/** Most first, then by value; what nothing fits is left out. */
export const mostFirst = (counts: readonly StatCount[]): StatCount[] =>
  counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
