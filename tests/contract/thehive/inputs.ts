import type { InlineObservables } from '#main/thehive/port.ts'

/** Nothing travels with the alert. */
export const noInline: InlineObservables = { values: [], files: [] }
