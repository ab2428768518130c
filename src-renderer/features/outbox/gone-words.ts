import type { Gone } from '#shared/model/operation.ts'
import { longAge } from '../../ui/format/age.ts'

/** What happened to the thing a decision was about: by whom and when, where the server's trail tells. */
export function goneWords({ what, by, at }: Gone, now: number): string {
  if (by !== undefined && at !== undefined) return `${by} deleted this ${what} ${longAge(at, now)}.`
  // Whoever sees an alert sees all that hangs on it.
  if (what !== 'alert' && what !== 'case')
    return `This ${what} was deleted on the server, which does not tell by whom.`
  return `The server does not show this ${what} any more: it was deleted, or hidden from you. It does not tell by whom.`
}

/** Something on an alert that is there: what was written for it can stand beside it. */
export const isOnAlert = ({ what }: Gone): boolean => what !== 'alert' && what !== 'case'
