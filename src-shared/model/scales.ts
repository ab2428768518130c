import { z } from 'zod'

/** Severity as TheHive numbers it: 1 low, 2 medium, 3 high, 4 critical. */
export const severitySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
export type Severity = z.infer<typeof severitySchema>

export const severityNames = { 1: 'Low', 2: 'Medium', 3: 'High', 4: 'Critical' } as const
export const severityLetters = { 1: 'L', 2: 'M', 3: 'H', 4: 'C' } as const

/** TLP by meaning (FIRST TLP 2.0). Servers number it differently: 3 is RED before 5.2 and AMBER+STRICT after. */
export const tlpValues = ['clear', 'green', 'amber', 'amber-strict', 'red'] as const
export const tlpSchema = z.enum(tlpValues)
export type Tlp = z.infer<typeof tlpSchema>
export const tlpNames: Record<Tlp, string> = {
  clear: 'CLEAR',
  green: 'GREEN',
  amber: 'AMBER',
  'amber-strict': 'AMBER+STRICT',
  red: 'RED',
}

export const papValues = ['clear', 'green', 'amber', 'red'] as const
export const papSchema = z.enum(papValues)
export type Pap = z.infer<typeof papSchema>

/** TheHive 5's four hard-wired stages; every status belongs to one. */
export const stages = ['New', 'InProgress', 'Closed', 'Imported'] as const
export const stageSchema = z.enum(stages)
export type Stage = z.infer<typeof stageSchema>
