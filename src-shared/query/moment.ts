import { z } from 'zod'

/** Whole ms, both ends included. */
export type Interval = { from: number; to: number }

const written = /^([12]\d{3})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?(Z)?)?$/
const relative = /^([+-])(\d{1,4})(min|h|d|w|mo|y)$/

/**
 * A point in time as an analyst writes it: `2026-11-01`, `2026-11-01T14:30`, `…T14:30:05.250Z`, `today`, `now`, or relative
 * to now: `-30min -8h -7d -2w -3mo +1y`. Days and times without `Z` are those of this computer.
 */
export const momentSchema = z.string().refine((text) => intervalOfMoment(text, 0) !== undefined)
export const isMoment = (text: string): boolean => intervalOfMoment(text, 0) !== undefined

/** The time a moment covers: a day is a whole day, a minute a whole minute. Undefined when it is not one. */
export function intervalOfMoment(text: string, now: number): Interval | undefined {
  if (text === 'now') return { from: now, to: now }
  if (text === 'today') return dayOf(new Date(now))
  const shift = relative.exec(text)
  if (shift) return shifted(now, Number(`${shift[1]}${shift[2]}`), shift[3] ?? '')
  const parts = written.exec(text)
  return parts ? intervalOfDate(parts) : undefined
}

function dayOf(date: Date): Interval {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return { from: new Date(year, month, day).getTime(), to: new Date(year, month, day + 1).getTime() - 1 }
}

const unitMs: Readonly<Record<string, number>> = {
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

function shifted(now: number, amount: number, unit: string): Interval {
  const ms = unitMs[unit]
  const point = ms === undefined ? monthsLater(now, unit === 'y' ? amount * 12 : amount) : now + amount * ms
  return { from: point, to: point }
}

/** The same day of another month, or the last of a month that has no such day. */
function monthsLater(now: number, months: number): number {
  const at = new Date(now)
  const day = at.getDate()
  at.setMonth(at.getMonth() + months)
  if (at.getDate() !== day) at.setDate(0)
  return at.getTime()
}

function intervalOfDate(parts: RegExpExecArray): Interval | undefined {
  const [, year = '', month = '', day = '', hour, minute, second, milli, zulu] = parts
  const date = [Number(year), Number(month) - 1, Number(day)] as const
  const time = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), Number(milli ?? 0)] as const
  const at = zulu ? new Date(Date.UTC(...date, ...time)) : new Date(...date, ...time)
  // 31 February and 25 o'clock would roll over into another day.
  const isReal = zulu
    ? at.getUTCDate() === date[2] && at.getUTCMonth() === date[1]
    : at.getDate() === date[2] && at.getMonth() === date[1]
  if (!isReal || time[0] > 23 || time[1] > 59 || time[2] > 59) return undefined
  if (hour === undefined) return dayOf(at)
  const length = milli !== undefined ? 1 : second !== undefined ? 1_000 : 60_000
  return { from: at.getTime(), to: at.getTime() + length - 1 }
}
