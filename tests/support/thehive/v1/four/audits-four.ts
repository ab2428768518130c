import type { Context } from '../../semantics/context.ts'
import type { Audit, Stamps } from '../../state/types.ts'
import { defineEntity, type Entity, type Step } from '../entities.ts'
import { serializeAudit } from './serialize-four.ts'

/** Source: what a thing went through vanishes with it; that it was deleted stays with the organisation. */
export const visibleAudits = ({ state, actor }: Context): Audit[] =>
  state.audits
    .trail(actor.organisation)
    .created.rows.filter(({ action, root }) => action === 'delete' || state.entities.has(root.id))

export const auditEntity: Entity = defineEntity<Audit>({
  name: 'Audit',
  isCacheable: false,
  fields: {
    operation: ({ action }) => action,
    details: ({ details }) => JSON.stringify(details),
    objectType: ({ object }) => object.name,
    objectId: ({ object }) => object.id,
    base: ({ isMain }) => isMain,
    startDate: ({ createdAt }) => createdAt,
    requestId: ({ requestId }) => requestId,
    rootId: ({ root }) => root.id,
  },
  serialize: ({ state }, audit) => serializeAudit(state, audit),
  list: visibleAudits,
  get: (context, id) => visibleAudits(context).find((audit) => audit.id === id),
})

const stepTo = (keyOf: (audit: Audit) => string): Step => ({
  to: () => auditEntity,
  rows: (context, rows) => {
    const ids = new Set(rows.map(({ id }: Stamps) => id))
    return visibleAudits(context).filter((audit) => ids.has(keyOf(audit)))
  },
})

/** From any record to what happened to it, or below it. */
export const auditSteps: Record<string, Step> = {
  audits: stepTo(({ object }) => object.id),
  auditsFromContext: stepTo(({ root }) => root.id),
}
