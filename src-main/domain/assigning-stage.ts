import type { Stage } from '#shared/model/scales.ts'

/** A server gives an alert that nobody has to whoever brings it to such a stage (api.md §2.7). */
export const isAssigning = (stage: Stage | undefined): boolean => stage === 'InProgress' || stage === 'Closed'
