import type { Context } from '../semantics/context.ts'
import type * as T from '../state/types.ts'
import { attachmentEntity } from './child-entities.ts'
import { defineEntity, type Entity } from './entities.ts'
import * as wire from './serialize-definitions.ts'

const statusFields: Record<string, (status: T.StatusDefinition) => unknown> = {
  value: (status) => status.value,
  stage: (status) => status.stage,
  order: (status) => status.order,
  hidden: (status) => status.hidden,
}

export const statusEntities = {
  alert: defineEntity<T.StatusDefinition>({
    name: 'AlertStatus',
    schema: 'OutputAlertStatus',
    fields: statusFields,
    serialize: ({ state }, status) => wire.serializeStatus('AlertStatus')(state, status),
    list: ({ state }) => state.alertStatuses,
  }),
  case: defineEntity<T.StatusDefinition>({
    name: 'CaseStatus',
    schema: 'OutputCaseStatus',
    fields: statusFields,
    serialize: ({ state }, status) => wire.serializeStatus('CaseStatus')(state, status),
    list: ({ state }) => state.caseStatuses,
  }),
}

export const templateEntity: Entity = defineEntity<T.CaseTemplate>({
  name: 'CaseTemplate',
  schema: 'OutputCaseTemplate',
  fields: {
    name: (template) => template.name,
    displayName: (template) => template.displayName,
    titlePrefix: (template) => template.titlePrefix,
    tags: (template) => template.tags,
  },
  serialize: ({ state }, template) => wire.serializeTemplate(state, template),
  list: ({ state }) => state.caseTemplates,
  get: ({ state }, wanted) => state.caseTemplates.find(({ id, name }) => id === wanted || name === wanted),
})

export const customFieldEntity: Entity = defineEntity<T.CustomFieldDefinition>({
  name: 'CustomField',
  schema: 'OutputCustomField',
  fields: {
    name: (field) => field.name,
    displayName: (field) => field.displayName,
    type: (field) => field.type,
  },
  serialize: (_, field) => wire.serializeCustomField(field),
  list: ({ state }) => state.customFields,
})

export const observableTypeEntity: Entity = defineEntity<T.ObservableType>({
  name: 'ObservableType',
  schema: 'OutputObservableType',
  fields: { name: (type) => type.name, isAttachment: (type) => type.isAttachment },
  serialize: (_, type) => wire.serializeObservableType(type),
  list: ({ state }) => state.observableTypes,
})

/** Administrators of the platform see everybody; others see their organisation. */
export const userEntity: Entity = defineEntity<T.User>({
  name: 'User',
  schema: 'OutputUser',
  // A user looks different from each organisation.
  isCacheable: false,
  fields: {
    login: (user) => user.login,
    name: (user) => user.name,
    locked: (user) => user.locked,
    organisation: (user) => user.memberships.map(({ organisation }) => organisation),
  },
  serialize: ({ state, actor }, user) => wire.serializeUser(state, user, actor.organisation),
  list: ({ state, actor }) =>
    state.users.filter(
      (user) =>
        actor.permissions.has('managePlatform') ||
        user.memberships.some(({ organisation }) => organisation === actor.organisation),
    ),
  get: ({ state }, wanted) => state.users.find(({ id, login }) => id === wanted || login === wanted),
})

function visibleOrganisations({ state, actor }: Context): T.Organisation[] {
  if (actor.permissions.has('managePlatform')) return state.organisations
  return state.organisations.filter(({ name }) => name === actor.organisation)
}

export const organisationEntity: Entity = defineEntity<T.Organisation>({
  name: 'Organisation',
  schema: 'OutputOrganisation',
  fields: { name: ({ name }) => name, description: ({ description }) => description },
  serialize: (_, organisation) => wire.serializeOrganisation(organisation),
  list: visibleOrganisations,
  get: (context, wanted) =>
    visibleOrganisations(context).find(({ id, name }) => id === wanted || name === wanted),
  steps: {
    attachments: { to: () => attachmentEntity, rows: ({ state }, { name }) => state.space(name).files },
    users: {
      to: () => userEntity,
      rows: ({ state }, { name }) =>
        state.users.filter((user) => user.memberships.some(({ organisation }) => organisation === name)),
    },
  },
})

export const profileEntity: Entity = defineEntity<T.Profile>({
  name: 'Profile',
  schema: 'OutputProfile',
  fields: { name: (profile) => profile.name },
  serialize: (_, profile) => wire.serializeProfile(profile),
  list: ({ state }) => state.profiles,
})

/** `idOrName` is the id or the technique's number, such as `T1566`. */
export const patternEntity: Entity = defineEntity<T.Pattern>({
  name: 'Pattern',
  schema: 'OutputPattern',
  fields: {
    patternId: (pattern) => pattern.patternId,
    name: (pattern) => pattern.name,
    tactics: (pattern) => pattern.tactics,
    patternType: () => 'attack-pattern',
    revoked: () => false,
  },
  serialize: (_, pattern) => wire.serializePattern(pattern),
  list: ({ state }) => state.patterns,
  get: ({ state }, wanted) =>
    state.patterns.find(({ id, patternId }) => id === wanted || patternId === wanted),
})

/** The views of the organisation that the actor made or that are shared. */
export const viewsOf = ({ state, actor }: Context): T.ListView[] =>
  state.views.filter(
    ({ organisation, isShared, createdBy }) =>
      organisation === actor.organisation && (isShared || createdBy === actor.user.login),
  )

/** The name of its list query is inferred from the schema's. */
export const viewEntity: Entity = defineEntity<T.ListView>({
  name: 'ListView',
  schema: 'OutputListView',
  fields: { name: ({ name }) => name, entity: ({ entity }) => entity, isShared: ({ isShared }) => isShared },
  serialize: (_, view) => wire.serializeView(view),
  list: viewsOf,
})
