import type { Audit } from '../state/types.ts'
import { defineEntity, type Entity } from './entities.ts'
import { serializeAudit } from './serialize-audit.ts'

/** One thing that happened, with what it happened to as that is now. */
export const auditEntity: Entity = defineEntity<Audit>({
  name: 'Audit',
  schema: 'OutputAudit',
  isCacheable: false,
  serialize: ({ state }, audit) => serializeAudit(state, audit),
})
