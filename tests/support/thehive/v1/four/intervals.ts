import { badRequest } from '../../state/errors.ts'

const second = 1000
const lengths: Record<string, number> = {
  s: second,
  m: 60 * second,
  h: 3600 * second,
  d: 86_400 * second,
  w: 7 * 86_400 * second,
}

/** The first Monday of the epoch: weeks begin on Mondays. */
const firstMonday = 4 * 86_400 * second

/** The beginning (ms, UTC) of the interval that holds `moment`; an interval is digits and one of `s m h d w M y`. */
export function startOfInterval(interval: string, moment: number): number {
  const [, digits, unit] = /^(\d+)([smhdwMy])$/.exec(interval) ?? []
  const count = Number(digits)
  if (!unit || count === 0) throw badRequest(`${interval} is no interval`)
  const length = lengths[unit]
  if (length !== undefined) {
    const origin = unit === 'w' ? firstMonday : 0
    return Math.floor((moment - origin) / (length * count)) * length * count + origin
  }
  const date = new Date(moment)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth()
  const step = unit === 'y' ? count * 12 : count
  const start = Math.floor(months / step) * step
  return Date.UTC(Math.floor(start / 12), start % 12, 1)
}
