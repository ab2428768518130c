import type { IncomingHttpHeaders } from 'node:http'
import type { SearchTotal } from './alert-search.ts'

/** What `X-Total` says; undefined where it is missing or no number. */
export function totalIn(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['x-total']
  return typeof text === 'string' && /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/**
 * TheHive 5 gives up counting after some seconds and answers with what it had by then, without a word (api.md §6.1): 5 s in
 * 5.0.9, 10 s since. An answer that took about as long may be such a one. Milliseconds.
 */
const longestSureCountMs = 4_500

/** TheHive 4 counts to 1000 and then says so with a negative number (api.md §5.1). `tookMs`: how long the whole answer took. */
export function readTotal(total: number | undefined, tookMs: number): SearchTotal | undefined {
  if (total === undefined) return undefined
  return { count: Math.abs(total), exact: total >= 0 && tookMs < longestSureCountMs }
}
