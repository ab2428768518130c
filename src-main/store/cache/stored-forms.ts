import { lastQueueDate } from '#shared/model/queue-date.ts'

/** Stands between fields of folded text: folding turns it into a blank, so no search can match across two of them. */
export const separator = '\u001f'

/** `urgency` is severity × this + date, so dates stay below it. */
export const dateLimit = lastQueueDate + 1
