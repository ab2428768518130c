import { byRequest } from '../audit/streams.ts'
import type { Context } from '../semantics/context.ts'
import type { Audit, Stamps } from '../state/types.ts'
import type { Json } from './parameters.ts'
import { defineModel, type Model } from './query/model.ts'

const operations = { create: 'Creation', update: 'Update', delete: 'Delete', merge: 'Update' } as const

/** What older servers call the kinds of things. */
const typeNames: Record<string, string> = {
  observable: 'case_artifact',
  task: 'case_task',
  log: 'case_task_log',
}

const typeName = (kind: string) => typeNames[kind] ?? kind

/** How the object of an audit looks now; undefined when it is gone or has no form of its own. */
export type ShowObject = (context: Context, id: string) => Json | undefined

function showAudit(context: Context, audit: Audit, showObject: ShowObject): Json {
  const { id, object, root, requestId, details, createdAt, createdBy, action, isMain } = audit
  return {
    ...{ _id: id, id, _type: 'audit', operation: operations[action] },
    ...{ objectType: typeName(object.kind), objectId: object.id, rootId: root.id, requestId, base: isMain },
    ...{ startDate: createdAt, details, createdAt, createdBy },
    object: showObject(context, object.id),
  }
}

/** One item a request: its first audit, and how often which operation touched which kind of thing. */
export function foldAudits(context: Context, audits: readonly Audit[], showObject: ShowObject): Json[] {
  return byRequest(audits).map((group) => {
    const summary: Record<string, Record<string, number>> = {}
    for (const { object, action } of group) {
      const counts = (summary[typeName(object.kind)] ??= {})
      counts[operations[action]] = (counts[operations[action]] ?? 0) + 1
    }
    return { base: showAudit(context, group[0] as Audit, showObject), summary }
  })
}

/** Newest first, at most `count` requests. */
export function flow(context: Context, rootId: string | null, count: number, showObject: ShowObject): Json[] {
  const audits = trail(context).filter(
    ({ root }) => rootId === null || rootId === 'any' || root.id === rootId,
  )
  return foldAudits(context, audits, showObject).reverse().slice(0, count)
}

const trail = ({ state, actor }: Context): readonly Audit[] =>
  state.audits.trail(actor.organisation).created.rows

/** Source: on TheHive 4 the audits of a thing vanish with it, but for the one that tells its end. */
function isVisible({ state, server }: Context, { action, root }: Audit): boolean {
  return server.flavour !== 'thehive4' || action === 'delete' || state.entities.has(root.id)
}

export const auditModel = (showObject: ShowObject): Model =>
  defineModel<Audit>({
    ...{ type: 'audit', label: 'Audit', defaultSort: ['-startDate'] },
    rows: (context) => trail(context).filter((audit) => isVisible(context, audit)),
    fields: {
      operation: ({ action }) => operations[action],
      objectType: ({ object }) => typeName(object.kind),
      objectId: ({ object }) => object.id,
      rootId: ({ root }) => root.id,
      requestId: ({ requestId }) => requestId,
      base: ({ isMain }) => isMain,
      startDate: ({ createdAt }: Stamps) => createdAt,
    },
    show: (context, audit) => showAudit(context, audit, showObject),
  })
