import { z } from 'zod'

/** A technique of the server's MITRE ATT&CK catalogue, kept for offline use. */
export const techniqueSchema = z.object({
  patternId: z.string(),
  name: z.string(),
  /** In the catalogue's spelling: `initial-access`, `execution`, … */
  tactics: z.array(z.string()),
})
export type Technique = z.infer<typeof techniqueSchema>

/** A tactic, technique and procedure (TTP) seen in an alert. Dates are milliseconds since the epoch, UTC. */
export const procedureSchema = z.object({
  id: z.string(),
  patternId: z.string(),
  patternName: z.string().optional(),
  tactic: z.string().optional(),
  description: z.string().optional(),
  occurDate: z.number(),
  createdAt: z.number(),
  createdBy: z.string(),
  updatedAt: z.number().optional(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
})
export type Procedure = z.infer<typeof procedureSchema>

/** `tactic` may be left out when the technique has exactly one (TheHive 5.2.6). */
export const procedureInputSchema = z.object({
  patternId: z.string().trim().min(1).max(128),
  occurDate: z.number(),
  tactic: z.string().max(32).optional(),
  description: z.string().max(1_048_576).optional(),
})
export type ProcedureInput = z.infer<typeof procedureInputSchema>

export const procedureChangeSchema = procedureInputSchema
  .omit({ patternId: true })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Nothing to change')
export type ProcedureChange = z.infer<typeof procedureChangeSchema>
