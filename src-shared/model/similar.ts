import { z } from 'zod'
import { alertSchema } from './alert.ts'
import { caseSchema } from './case.ts'

/** How much two entities share, as the server counts it (observables that ignore similarity are left out by it). */
const overlap = { similarObservables: z.number(), similarIocs: z.number() }

export const similarCaseSchema = z.object({ case: caseSchema, ...overlap })
export type SimilarCase = z.infer<typeof similarCaseSchema>

export const similarAlertSchema = z.object({ alert: alertSchema, ...overlap })
export type SimilarAlert = z.infer<typeof similarAlertSchema>
