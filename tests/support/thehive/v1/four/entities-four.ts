import { seekAlert, seekCase, seekChild, type Context } from '../../semantics/context.ts'
import { isSeen, similarCases } from '../../semantics/legacy/similar-cases.ts'
import type * as T from '../../state/types.ts'
import { userEntity } from '../definition-entities.ts'
import { defineEntity, type Entity } from '../entities.ts'
import { customField, observableFields, plain } from '../entity-fields.ts'
import * as wire from './serialize-four.ts'
import { similarEntity, similarRows } from './similar-four.ts'

const alertFields = {
  ...plain<T.Alert>('type', 'source', 'sourceRef', 'title', 'description', 'severity', 'date', 'tags'),
  ...plain<T.Alert>('lastSyncDate', 'tlp', 'pap', 'follow', 'summary'),
  flag: (alert: T.Alert) => alert.flag ?? false,
  read: (alert: T.Alert) => alert.read ?? false,
  user: (alert: T.Alert) => alert.assignee,
  case: (alert: T.Alert) => alert.caseId,
  imported: (alert: T.Alert) => alert.caseId !== undefined,
  importDate: (alert: T.Alert) => alert.stageDates.importedDate,
}

const caseOf = (context: Context, { caseId }: T.Alert): T.Case | undefined =>
  caseId === undefined ? undefined : seekCase(context, caseId)

const observables = {
  to: () => observableEntity,
  rows: (_: unknown, { observables: rows }: T.Parent) => rows,
}

export const alertEntity: Entity = defineEntity<T.Alert>({
  name: 'Alert',
  fields: alertFields,
  dynamicField: customField,
  serialize: ({ state }, alert) => wire.serializeAlert(state, alert),
  list: ({ space }) => space.alerts,
  get: seekAlert,
  steps: {
    observables,
    case: { to: () => caseEntity, rows: (context, alert) => [caseOf(context, alert) ?? []].flat() },
    similarCases: { to: () => similarEntity, rows: similarRows },
  },
  extra: {
    similarCases: (context, alert) => similarCases(context, alert).length,
    importDate: (_, alert) => alert.stageDates.importedDate,
    caseNumber: (context, alert) => caseOf(context, alert)?.number,
  },
})

const caseFields = plain<T.Case>(
  ...(['number', 'title', 'description', 'severity', 'startDate', 'endDate', 'tags', 'flag'] as const),
  ...(['tlp', 'pap', 'status', 'summary', 'assignee', 'impactStatus', 'resolutionStatus'] as const),
)

export const caseEntity: Entity = defineEntity<T.Case>({
  name: 'Case',
  fields: caseFields,
  dynamicField: customField,
  serialize: ({ state }, record) => wire.serializeCase(state, record),
  list: ({ space }) => space.cases,
  get: seekCase,
  steps: {
    observables,
    alerts: { to: () => alertEntity, rows: (_, record) => record.alerts },
    tasks: { to: () => taskEntity, rows: (_, record) => record.tasks },
    procedures: { to: () => procedureEntity, rows: (_, record) => record.procedures },
    assignableUsers: {
      to: () => userEntity,
      rows: ({ state }, record) =>
        state.users.filter(({ memberships }) =>
          memberships.some(({ organisation }) => organisation === record.organisation),
        ),
    },
  },
  extra: {
    isOwner: () => true,
    shareCount: () => 0,
    links: () => ({ caseLinks: [], externalLinks: [] }),
  },
})

const { pap: _, sightedAt: __, external: ___, ...fieldsOfObservables } = observableFields

/** The alert or case an observable hangs on, whole. */
const linkOf = ({ state }: Context, { parent }: T.Observable): unknown =>
  parent.kind === 'alert'
    ? { alert: wire.serializeAlert(state, parent) }
    : { case: wire.serializeCase(state, parent) }

export const observableEntity: Entity = defineEntity<T.Observable>({
  name: 'Observable',
  fields: fieldsOfObservables,
  serialize: (_, observable) => wire.serializeObservable(observable),
  list: ({ space }) => space.observables,
  get: (context, id) => seekChild(context, 'observable', id),
  steps: {
    alert: { to: () => alertEntity, rows: (_, { parent }) => (parent.kind === 'alert' ? [parent] : []) },
    case: { to: () => caseEntity, rows: (_, { parent }) => (parent.kind === 'case' ? [parent] : []) },
    similar: {
      to: () => observableEntity,
      rows: ({ space }, own) => [...space.sightingsOf(own)].filter(({ parent }) => parent !== own.parent),
    },
  },
  extra: {
    links: linkOf,
    seen: isSeen,
    isOwner: () => true,
    shareCount: () => 0,
    permissions: ({ actor }) => [...actor.permissions],
  },
})

const cases = ({ space }: Context): readonly T.Case[] => space.cases.created.rows

export const taskEntity: Entity = defineEntity<T.Task>({
  name: 'Task',
  fields: plain<T.Task>(
    ...(['title', 'group', 'description', 'status', 'flag', 'startDate', 'endDate'] as const),
    ...(['order', 'dueDate', 'assignee'] as const),
  ),
  serialize: (_, task) => wire.serializeTask(task),
  list: (context) => cases(context).flatMap(({ tasks }) => tasks),
  get: (context, id) =>
    cases(context)
      .flatMap(({ tasks }) => tasks)
      .find((task) => task.id === id),
  steps: { case: { to: () => caseEntity, rows: (_, { parent }) => [parent] } },
})

/** On cases alone. */
export const procedureEntity: Entity = defineEntity<T.Procedure>({
  name: 'Procedure',
  fields: plain<T.Procedure>('patternId', 'tactic', 'occurDate', 'description'),
  serialize: (_, procedure) => wire.serializeProcedure(procedure),
  list: ({ space }) => space.procedures,
  get: (context, id) => seekChild(context, 'procedure', id),
})

export const templateEntity: Entity = defineEntity<T.CaseTemplate>({
  name: 'CaseTemplate',
  fields: plain<T.CaseTemplate>('name', 'displayName', 'titlePrefix', 'description', 'severity', 'tags'),
  serialize: ({ state }, template) => wire.serializeTemplate(state, template),
  list: ({ state }) => state.caseTemplates,
  get: ({ state }, wanted) => state.caseTemplates.find(({ id, name }) => id === wanted || name === wanted),
})
