import { seekAlert, seekCase, type Context } from '../semantics/context.ts'
import { similarTo, type Similar } from '../semantics/similarity.ts'
import type { Alert, Case, Parent, Stamps } from '../state/types.ts'
import {
  attachmentEntity,
  commentEntity,
  observableEntity,
  pageEntity,
  procedureEntity,
  taskEntity,
} from './child-entities.ts'
import { organisationEntity, statusEntities, userEntity } from './definition-entities.ts'
import { defineEntity, type Entity } from './entities.ts'
import { alertFields, alertFieldSince, caseFields, caseFieldSince, customField } from './entity-fields.ts'
import { serializeAlert, serializeCase } from './serialize.ts'

type SimilarRow = Stamps & { similar: Similar<Parent> }

const recordOf = ({ state }: Context, other: Parent) =>
  other.kind === 'alert' ? serializeAlert(state, other) : serializeCase(state, other)

/** A result that is no record, with what is similar inside, as TheHive 4's `similarCases`. */
const similarEntity: Entity = defineEntity<SimilarRow>({
  name: 'Similar',
  isCacheable: false,
  isLast: true,
  serialize: (context, { similar: { other, ...counts } }) => ({
    [other.kind]: recordOf(context, other),
    ...counts,
  }),
})

/** The record itself, with two of the counts beside its own fields. */
const similarLightEntity: Entity = defineEntity<SimilarRow>({
  name: 'SimilarLight',
  isCacheable: false,
  isLast: true,
  serialize: (context, { similar: { other, similarObservableCount, observableCount } }) => ({
    ...recordOf(context, other),
    similarObservableCount,
    observableCount,
  }),
})

const similarStep = (kind: 'alert' | 'case', entity: Entity) => ({
  to: () => entity,
  rows: (context: Context, row: Parent): SimilarRow[] =>
    similarTo(context, row, kind).map((similar) => ({ ...stampsOf(similar.other), similar })),
})

const stampsOf = ({ id, revision, createdAt, createdBy }: Stamps): Stamps => ({
  id,
  revision,
  createdAt,
  createdBy,
})

const attachments = { to: () => attachmentEntity, rows: (_: unknown, row: Parent) => row.attachments }

const parentSteps = {
  observables: { to: () => observableEntity, rows: (_: unknown, row: Parent) => row.observables },
  procedures: { to: () => procedureEntity, rows: (_: unknown, row: Parent) => row.procedures },
  similarAlertsLight: similarStep('alert', similarLightEntity),
  similarAlerts: similarStep('alert', similarEntity),
  similarCasesLight: similarStep('case', similarLightEntity),
  similarCases: similarStep('case', similarEntity),
}

const caseOf = (context: Context, alert: Alert): Case | undefined =>
  alert.caseId === undefined ? undefined : seekCase(context, alert.caseId)

/** The definition of a status, as it is on the wire. */
const statusOf = (kind: 'alert' | 'case') => (context: Context, record: Parent) => {
  const { state } = context
  const known = kind === 'alert' ? state.alertStatuses : state.caseStatuses
  const definition = known.find(({ value }) => value === record.status)
  return definition && statusEntities[kind].serialize(context, definition)
}

export const alertEntity: Entity = defineEntity<Alert>({
  name: 'Alert',
  schema: 'OutputAlert',
  fields: alertFields,
  fieldSince: alertFieldSince,
  dynamicField: customField,
  serialize: ({ state }, alert) => serializeAlert(state, alert),
  list: ({ space }) => space.alerts,
  get: seekAlert,
  steps: {
    ...parentSteps,
    attachments: { ...attachments, since: '5.2.11' },
    comments: { to: () => commentEntity, rows: (_, alert) => alert.comments },
    case: { to: () => caseEntity, rows: (context, alert) => [caseOf(context, alert) ?? []].flat() },
  },
  extra: {
    importDate: (_, alert) => alert.stageDates.importedDate,
    procedureCount: (_, alert) => alert.procedures.length,
    caseNumber: (context, alert) => caseOf(context, alert)?.number,
    relatedCase: (context, alert) => {
      const related = caseOf(context, alert)
      if (!related) return undefined
      const { id, number, title, status } = related
      return { _id: id, number, title, status }
    },
    status: statusOf('alert'),
  },
})

const contributorsOf = ({ createdBy, assignee, tasks, comments }: Case): string[] => [
  ...new Set([createdBy, assignee ?? createdBy, ...[...tasks, ...comments].map((child) => child.createdBy)]),
]

export const caseEntity: Entity = defineEntity<Case>({
  name: 'Case',
  schema: 'OutputCase',
  fields: caseFields,
  fieldSince: caseFieldSince,
  dynamicField: customField,
  serialize: ({ state }, record) => serializeCase(state, record),
  list: ({ space }) => space.cases,
  get: seekCase,
  steps: {
    ...parentSteps,
    attachments,
    alerts: { to: () => alertEntity, rows: (_, record) => record.alerts },
    tasks: { to: () => taskEntity, rows: (_, record) => record.tasks },
    pages: { to: () => pageEntity, rows: (_, record) => record.pages },
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
    organisations: {
      to: () => organisationEntity,
      rows: ({ state }, record) => state.organisations.filter(({ name }) => name === record.organisation),
    },
  },
  extra: {
    alertsCount: (_, record) => record.alerts.length,
    contributors: (_, record) => contributorsOf(record),
    links: () => ({ caseLinks: [], externalLinks: [] }),
    actionRequired: () => ({}),
    isOwner: () => true,
    shareCount: () => 0,
    status: statusOf('case'),
  },
})
