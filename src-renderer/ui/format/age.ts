const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago, in the shortest words: `now`, `14 m`, `3 h`, `2 d`, `5 w`, `1 y`. Times in ms since the epoch. */
export function shortAge(at: number, now: number): string {
  const passed = Math.max(0, now - at)
  if (passed < minute) return 'now'
  if (passed < hour) return `${Math.floor(passed / minute)} m`
  if (passed < day) return `${Math.floor(passed / hour)} h`
  if (passed < 14 * day) return `${Math.floor(passed / day)} d`
  if (passed < 365 * day) return `${Math.floor(passed / (7 * day))} w`
  return `${Math.floor(passed / (365 * day))} y`
}

/** The same for a sentence: `just now`, `14 min ago`, `3 days ago`. */
export function longAge(at: number, now: number): string {
  const passed = Math.max(0, now - at)
  if (passed < minute) return passed < 10_000 ? 'just now' : `${Math.floor(passed / 1_000)} s ago`
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`
  if (passed < 2 * day) return `${Math.floor(passed / hour)} h ago`
  return `${Math.floor(passed / day)} days ago`
}

/** How long until then, for a next try: `now`, `in 20 s`, `in 3 min`. */
export function until(at: number, now: number): string {
  const left = at - now
  if (left <= 0) return 'now'
  if (left < minute) return `in ${Math.ceil(left / 1_000)} s`
  if (left < hour) return `in ${Math.ceil(left / minute)} min`
  return `in ${Math.ceil(left / hour)} h`
}

/** The moment itself, with zone, for titles and evidence: `2026-03-04 09:12:33 UTC+1`. */
export function absoluteTime(at: number, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZoneName: 'shortOffset',
    ...(timeZone !== undefined && { timeZone }),
  })
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]))
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  const zone = get('timeZoneName').replace('GMT', 'UTC').replace(/\+0$/, '')
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')} ${zone}`
}

/** A length of time left, for progress: `about 40 s`, `about 3 min`. */
export function roughDuration(ms: number): string {
  if (ms < minute) return `about ${Math.max(1, Math.round(ms / 1_000))} s`
  if (ms < hour) return `about ${Math.round(ms / minute)} min`
  return `about ${Math.round(ms / hour)} h`
}
