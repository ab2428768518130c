import { seekChild, type Context } from '../semantics/context.ts'
import { stageOf } from '../semantics/status-rules.ts'
import type {
  Attachment,
  Case,
  Comment,
  Log,
  Observable,
  Page,
  Parent,
  Procedure,
  Stamps,
  Task,
} from '../state/types.ts'
import { defineEntity, type Entity } from './entities.ts'
import { observableFields, plain } from './entity-fields.ts'
import { alertEntity, caseEntity } from './main-entities.ts'
import * as wire from './serialize-children.ts'

/** From a child to what holds it. */
const upwards = {
  alert: {
    to: () => alertEntity,
    rows: (_: unknown, { parent }: { parent: Parent }) => (parent.kind === 'alert' ? [parent] : []),
  },
  case: {
    to: () => caseEntity,
    rows: (_: unknown, { parent }: { parent: Parent }) => (parent.kind === 'case' ? [parent] : []),
  },
}

/** The parent in brief, as TheHive 4 links it [inferred for 5]. */
function linkOf({ state }: Context, { parent }: Observable): unknown {
  const { id, title, severity, status } = parent
  const stage = stageOf(state, parent.kind, status)
  if (parent.kind === 'case') {
    return { case: { _id: id, _type: 'Case', number: parent.number, title, severity, status, stage } }
  }
  const { type, source, sourceRef, date } = parent
  return { alert: { _id: id, _type: 'Alert', type, source, sourceRef, title, severity, date, status, stage } }
}

/** How often other alerts and cases show the same. */
function seenSummary({ space }: Context, observable: Observable) {
  const others = [...space.sightingsOf(observable)].filter(({ parent }) => parent !== observable.parent)
  const inCases = others.filter(({ parent }) => parent.kind === 'case').length
  return { seen: others.length > 0, alertCount: others.length - inCases, caseCount: inCases }
}

export const observableEntity: Entity = defineEntity<Observable>({
  name: 'Observable',
  schema: 'OutputObservable',
  fields: observableFields,
  fieldSince: { external: '5.6.0' },
  serialize: ({ state }, observable) => wire.serializeObservable(state, observable),
  list: ({ space }) => space.observables,
  get: (context, id) => seekChild(context, 'observable', id),
  steps: {
    ...upwards,
    similar: {
      to: () => observableEntity,
      rows: ({ space }, own) => [...space.sightingsOf(own)].filter((other) => other.parent !== own.parent),
    },
  },
  extra: {
    links: linkOf,
    seen: (context, observable) => seenSummary(context, observable).seen,
    seenSummary,
    shares: () => [],
    isOwner: () => true,
    shareCount: () => 0,
    permissions: ({ actor }) => [...actor.permissions],
  },
})

export const commentEntity: Entity = defineEntity<Comment>({
  name: 'Comment',
  schema: 'OutputComment',
  fields: plain<Comment>('message', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'external'),
  fieldSince: { external: '5.6.0' },
  serialize: ({ state }, comment) => wire.serializeComment(state, comment),
  list: ({ space }) => space.comments,
  get: (context, id) => seekChild(context, 'comment', id),
  steps: upwards,
})

export const procedureEntity: Entity = defineEntity<Procedure>({
  name: 'Procedure',
  schema: 'OutputProcedure',
  fields: plain<Procedure>('patternId', 'patternName', 'tactic', 'occurDate', 'description'),
  serialize: (_, procedure) => wire.serializeProcedure(procedure),
  list: ({ space }) => space.procedures,
  get: (context, id) => seekChild(context, 'procedure', id),
  steps: upwards,
})

export const attachmentEntity: Entity = defineEntity<Attachment>({
  name: 'Attachment',
  schema: 'OutputAttachment',
  fields: {
    ...plain<Attachment>('name', 'contentType'),
    id: (attachment) => attachment.blob.sha256,
    size: (attachment) => attachment.blob.size,
  },
  serialize: ({ state }, attachment) => wire.serializeAttachment(state, attachment),
})

const cases = ({ space }: Context): readonly Case[] => space.cases.created.rows
const byId = <R extends Stamps>(rows: readonly R[], id: string): R | undefined =>
  rows.find((row) => row.id === id)

export const taskEntity: Entity = defineEntity<Task>({
  name: 'Task',
  schema: 'OutputTask',
  fields: plain<Task>(
    ...(['title', 'group', 'description', 'status', 'flag', 'assignee', 'order', 'mandatory'] as const),
    ...(['startDate', 'endDate', 'dueDate'] as const),
  ),
  serialize: (_, task) => wire.serializeTask(task),
  list: (context) => cases(context).flatMap((record) => record.tasks),
  get: (context, id) =>
    byId(
      cases(context).flatMap((record) => record.tasks),
      id,
    ),
  steps: {
    logs: { to: () => logEntity, rows: (_, task) => task.logs },
    case: { to: () => caseEntity, rows: (_, task) => [task.parent] },
  },
})

const logs = (context: Context) =>
  cases(context).flatMap((record) => record.tasks.flatMap((task) => task.logs))

export const logEntity: Entity = defineEntity<Log>({
  name: 'Log',
  schema: 'OutputLog',
  fields: plain<Log>('message', 'date', 'includeInTimeline'),
  serialize: ({ state }, log) => wire.serializeLog(state, log),
  list: logs,
  get: (context, id) => byId(logs(context), id),
  steps: { task: { to: () => taskEntity, rows: (_, log) => [log.parent] } },
})

export const pageEntity: Entity = defineEntity<Page>({
  name: 'Page',
  schema: 'OutputPage',
  fields: plain<Page>('title', 'content', 'category', 'order'),
  serialize: (_, page) => wire.serializePage(page),
  list: (context) => cases(context).flatMap((record) => record.pages),
})
