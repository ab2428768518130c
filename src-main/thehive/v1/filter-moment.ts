import { Unreadable } from './unreadable.ts'

const units: Readonly<Record<string, string>> = {
  ...{ minutes: 'min', hours: 'h', days: 'd', weeks: 'w', months: 'mo', years: 'y' },
}

/** A time of a filter of the server's, ms since the epoch or relative to now (5.2), as Forager writes it. @throws Unreadable */
export function momentOf(value: unknown): string {
  if (typeof value === 'number') return absolute(value)
  if (typeof value !== 'object' || value === null)
    throw new Unreadable('It compares a time with something else.')
  const { amount, unit, look, modifier } = value as Readonly<Record<string, unknown>>
  const short = typeof unit === 'string' && Object.hasOwn(units, unit) ? units[unit] : undefined
  const isPlain = Number.isInteger(amount) && (amount as number) >= 0 && (amount as number) <= 9_999
  if (modifier !== undefined || short === undefined || !isPlain || (look !== 'behind' && look !== 'ahead'))
    throw new Unreadable('It counts time in a way Forager does not.')
  return `${look === 'behind' ? '-' : '+'}${String(amount)}${short}`
}

function absolute(ms: number): string {
  const year = new Date(ms).getUTCFullYear()
  if (!Number.isInteger(ms) || !(year >= 1_000 && year < 3_000))
    throw new Unreadable('It names a time beyond the calendar.')
  return new Date(ms).toISOString()
}
