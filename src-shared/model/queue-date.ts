/** 20 November 2286: sorted by severity, the queue has room for dates up to here, and for none before 1970. */
export const lastQueueDate = 9_999_999_999_999

/** The nearest moment (whole ms) that an alert can have as its date, so that it is found by what is shown. */
export const queueDate = (ms: number): number => Math.min(Math.max(Math.round(ms), 0), lastQueueDate)
