import { seekAlert, seekCase, seekChild } from '../semantics/context.ts'
import { similarTo, type Similar } from '../semantics/similarity.ts'
import { stageOf } from '../semantics/status-rules.ts'
import type {
  Alert,
  Attachment,
  Case,
  Comment,
  Observable,
  Parent,
  Procedure,
  Stamps,
  Task,
} from '../state/types.ts'
import { statusEntities, userEntity } from './definition-entities.ts'
import { defineEntity, type Entity } from './entities.ts'
import { alertFields, caseFields, customField, observableFields } from './entity-fields.ts'
import * as wire from './serialize.ts'

type SimilarRow = Stamps & { similar: Similar<Parent> }

/** A result that is no entity; the shape is TheHive 4's `similarCases` [inferred for the `Light` steps]. */
const similarEntity: Entity = defineEntity<SimilarRow>({
  name: 'Similar',
  serialize: ({ state }, { similar: { other, ...counts } }) =>
    other.kind === 'alert'
      ? { alert: wire.serializeAlert(state, other), ...counts }
      : { case: wire.serializeCase(state, other), ...counts },
})

const similarStep = (kind: 'alert' | 'case') => ({
  to: () => similarEntity,
  rows: (context: Parameters<Entity['serialize']>[0], row: Parent): SimilarRow[] =>
    similarTo(context, row, kind).map((similar) => ({ ...stampsOf(similar.other), similar })),
})

const stampsOf = ({ id, revision, createdAt, createdBy }: Stamps): Stamps => ({
  id,
  revision,
  createdAt,
  createdBy,
})

const parentSteps = {
  observables: { to: () => observableEntity, rows: (_: unknown, row: Parent) => row.observables },
  procedures: { to: () => procedureEntity, rows: (_: unknown, row: Parent) => row.procedures },
  attachments: { to: () => attachmentEntity, rows: (_: unknown, row: Parent) => row.attachments },
  similarAlertsLight: similarStep('alert'),
  similarAlerts: similarStep('alert'),
  similarCasesLight: similarStep('case'),
  similarCases: similarStep('case'),
}

const caseOf = (context: Parameters<Entity['serialize']>[0], alert: Alert): Case | undefined =>
  alert.caseId === undefined ? undefined : seekCase(context, alert.caseId)

export const alertEntity: Entity = defineEntity<Alert>({
  name: 'Alert',
  schema: 'OutputAlert',
  fields: alertFields,
  dynamicField: customField,
  serialize: ({ state }, alert) => wire.serializeAlert(state, alert),
  list: ({ space }) => space.alerts,
  get: seekAlert,
  steps: {
    ...parentSteps,
    comments: { to: () => commentEntity, rows: (_, alert) => alert.comments },
    case: { to: () => caseEntity, rows: (context, alert) => [caseOf(context, alert) ?? []].flat() },
  },
  extra: {
    importDate: (_, alert) => alert.stageDates.importedDate,
    procedureCount: (_, alert) => alert.procedures.length,
    caseNumber: (context, alert) => caseOf(context, alert)?.number,
    relatedCase: (context, alert) => {
      const related = caseOf(context, alert)
      return (
        related && { _id: related.id, number: related.number, title: related.title, status: related.status }
      )
    },
    status: (context, { status }) => {
      const definition = context.state.alertStatuses.find(({ value }) => value === status)
      return definition && statusEntities.alert.serialize(context, definition)
    },
  },
})

export const caseEntity: Entity = defineEntity<Case>({
  name: 'Case',
  schema: 'OutputCase',
  fields: caseFields,
  dynamicField: customField,
  serialize: ({ state }, record) => wire.serializeCase(state, record),
  list: ({ space }) => space.cases,
  get: seekCase,
  steps: {
    ...parentSteps,
    alerts: { to: () => alertEntity, rows: (_, record) => record.alerts },
    tasks: { to: () => taskEntity, rows: (_, record) => record.tasks },
    // Source: the comments of its alerts are visible from the case; they stay the alerts'.
    comments: {
      to: () => commentEntity,
      rows: (_, record) => [...record.comments, ...record.alerts.flatMap((alert) => alert.comments)],
    },
    assignableUsers: {
      to: () => userEntity,
      rows: ({ state, actor }) =>
        state.users.filter((user) =>
          user.memberships.some(({ organisation }) => organisation === actor.organisation),
        ),
    },
  },
  extra: {
    alertsCount: (_, record) => record.alerts.length,
    isOwner: () => true,
    shareCount: () => 0,
    status: (context, { status }) => {
      const definition = context.state.caseStatuses.find(({ value }) => value === status)
      return definition && statusEntities.case.serialize(context, definition)
    },
  },
})

export const observableEntity: Entity = defineEntity<Observable>({
  name: 'Observable',
  schema: 'OutputObservable',
  fields: observableFields,
  serialize: (_, observable) => wire.serializeObservable(observable),
  list: ({ space }) => space.observables,
  get: (context, id) => seekChild(context, 'observable', id),
  steps: {
    alert: { to: () => alertEntity, rows: (_, { parent }) => (parent.kind === 'alert' ? [parent] : []) },
    case: { to: () => caseEntity, rows: (_, { parent }) => (parent.kind === 'case' ? [parent] : []) },
    similar: {
      to: () => observableEntity,
      rows: ({ space }, own) => [...space.sightingsOf(own)].filter((other) => other.parent !== own.parent),
    },
  },
  extra: {
    // The parent in brief, as TheHive 4 links it [inferred for 5].
    links: ({ state }, { parent }) => {
      const { id, title, severity, status } = parent
      if (parent.kind === 'case') {
        return {
          case: {
            _id: id,
            _type: 'Case',
            number: parent.number,
            title,
            severity,
            status,
            stage: stageOf(state, 'case', status),
          },
        }
      }
      const { type, source, sourceRef, date } = parent
      const stage = stageOf(state, 'alert', status)
      return {
        alert: { _id: id, _type: 'Alert', type, source, sourceRef, title, severity, date, status, stage },
      }
    },
    seen: ({ space }, observable) => space.sightingsOf(observable).size > 1,
    isOwner: () => true,
    shareCount: () => 0,
    permissions: ({ actor }) => [...actor.permissions],
  },
})

export const commentEntity: Entity = defineEntity<Comment>({
  name: 'Comment',
  schema: 'OutputComment',
  fields: {
    message: (comment) => comment.message,
    createdAt: (comment) => comment.createdAt,
    createdBy: (comment) => comment.createdBy,
    updatedAt: (comment) => comment.updatedAt,
    updatedBy: (comment) => comment.updatedBy,
  },
  serialize: (_, comment) => wire.serializeComment(comment),
  list: ({ space }) => space.comments,
  get: (context, id) => seekChild(context, 'comment', id),
  steps: {
    alert: { to: () => alertEntity, rows: (_, { parent }) => (parent.kind === 'alert' ? [parent] : []) },
    case: { to: () => caseEntity, rows: (_, { parent }) => (parent.kind === 'case' ? [parent] : []) },
  },
})

export const procedureEntity: Entity = defineEntity<Procedure>({
  name: 'Procedure',
  schema: 'OutputProcedure',
  fields: {
    patternId: (procedure) => procedure.patternId,
    tactic: (procedure) => procedure.tactic,
    occurDate: (procedure) => procedure.occurDate,
    description: (procedure) => procedure.description,
  },
  serialize: (_, procedure) => wire.serializeProcedure(procedure),
  list: ({ space }) => space.procedures,
  get: (context, id) => seekChild(context, 'procedure', id),
})

export const attachmentEntity: Entity = defineEntity<Attachment>({
  name: 'Attachment',
  schema: 'OutputAttachment',
  fields: { name: (attachment) => attachment.name, id: (attachment) => attachment.blob.sha256 },
  serialize: (_, attachment) => wire.serializeAttachment(attachment),
})

export const taskEntity: Entity = defineEntity<Task>({
  name: 'Task',
  schema: 'OutputTask',
  fields: { title: (task) => task.title, status: (task) => task.status, order: (task) => task.order },
  serialize: (_, task) => wire.serializeTask(task),
  list: ({ space }) => space.cases.created.rows.flatMap((record) => record.tasks),
})
