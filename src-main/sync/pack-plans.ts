import { z } from 'zod'
import { packPlanSchema } from '#shared/model/shift-pack.ts'
import type { OutboxStore } from '../store/ports.ts'

const keptSchema = z.object({ plan: packPlanSchema, paused: z.boolean() })
export type KeptPlan = z.infer<typeof keptSchema>

export type PackPlans = {
  read: () => KeptPlan | undefined
  save: (kept: KeptPlan) => void
  forget: () => void
}

/** Under this name the outbox keeps it: a copy that is made anew is packed anew. */
const fact = 'shift-pack'

/** The analyst's plan, durable. One that cannot be read (a newer Forager wrote it) counts as none. */
export function packPlans(facts: Pick<OutboxStore, 'fact' | 'saveFact'>): PackPlans {
  return {
    read: () => {
      const stored = facts.fact(fact)
      const known = keptSchema.safeParse(stored === undefined ? undefined : JSON.parse(stored))
      return known.success ? known.data : undefined
    },
    save: (kept) => facts.saveFact(fact, JSON.stringify(kept)),
    forget: () => facts.saveFact(fact, 'null'),
  }
}
