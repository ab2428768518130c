/**
 * Keyset paging over a stamp (api.md §8.1): a page starts at `stamp` and skips the rows already seen at exactly that stamp,
 * so equal milliseconds neither repeat for ever nor get lost, and rows that move do not shift the window.
 */
export type PageCursor = { stamp: number; skip: number }

/** What to read next: newest first while filling (`createdAt`, desc), oldest first when following changes. */
export type PageRequest = {
  field: 'createdAt' | 'updatedAt'
  direction: 'asc' | 'desc'
  /** Absent at the start of a fill: from the newest. */
  cursor: PageCursor | undefined
  limit: number
}

/**
 * Something the server sent that could not be read: kept and counted, never fatal to its page. `listed` is whatever comes in
 * plain lists (comments, cases, statuses …): those are read whole each time, so what was set aside of them holds for one
 * connection.
 */
export type SetAside = { entity: 'alert' | 'observable' | 'listed'; id: string; reason: string; body: string }

export type ReadPage<T> = {
  items: T[]
  setAside: SetAside[]
  next: PageCursor | undefined
  /** Rows as the server sent them, readable or not. */
  rows: number
  /** The newest stamp among them, in the request's field; 0 for an empty page. */
  newest: number
}

/** The cursor after a page whose rows carry these stamps (all rows, readable or not). Undefined: it was the last page. */
export function nextCursor(stamps: readonly number[], request: PageRequest): PageCursor | undefined {
  const last = stamps.at(-1)
  if (last === undefined || stamps.length < request.limit) return undefined
  const same = stamps.filter((stamp) => stamp === last).length
  const carried = request.cursor?.stamp === last ? request.cursor.skip : 0
  return { stamp: last, skip: carried + same }
}
