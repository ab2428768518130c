import { badRequest } from '../state/errors.ts'

const units = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
} as const

type RelativeDate = { amount: number; unit: string; look: string; timezone?: string; modifier?: string }

export function isRelativeDate(value: unknown): value is RelativeDate {
  return (
    typeof value === 'object' && value !== null && 'amount' in value && 'unit' in value && 'look' in value
  )
}

/** The moment (ms) `amount` units before or after `now`; a modifier moves it to the edge of its day in `timezone` (UTC). */
export function resolveRelativeDate(value: RelativeDate, now: number): number {
  const { amount, unit, look, timezone = 'UTC', modifier } = value
  if (!Number.isInteger(amount) || amount < 0)
    throw badRequest('A relative date expects a whole amount from 0')
  if (look !== 'behind' && look !== 'ahead') throw badRequest('A relative date looks behind or ahead')
  const moment = shift(now, look === 'behind' ? -amount : amount, unit)
  if (modifier === undefined) return moment
  const offset = offsetOf(timezone, moment)
  const startOfDay = Math.floor((moment + offset) / units.days) * units.days - offset
  if (modifier === 'startOfDay') return startOfDay
  if (modifier === 'endOfDay') return startOfDay + units.days - 1
  throw badRequest(`Unknown modifier ${modifier}`)
}

function shift(now: number, amount: number, unit: string): number {
  if (unit in units) return now + amount * units[unit as keyof typeof units]
  const months = unit === 'months' ? amount : unit === 'years' ? amount * 12 : undefined
  if (months === undefined) throw badRequest(`Unknown unit ${unit}`)
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime()
}

/** Milliseconds to add to UTC for the wall clock of `timezone` at `moment`. */
function offsetOf(timezone: string, moment: number): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
    const text = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000)
  } catch {
    throw badRequest(`Unknown time zone ${timezone}`)
  }
}
