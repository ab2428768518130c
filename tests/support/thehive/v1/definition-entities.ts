import type * as T from '../state/types.ts'
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
    serialize: (_, status) => wire.serializeStatus('AlertStatus')(status),
    list: ({ state }) => state.alertStatuses,
  }),
  case: defineEntity<T.StatusDefinition>({
    name: 'CaseStatus',
    schema: 'OutputCaseStatus',
    fields: statusFields,
    serialize: (_, status) => wire.serializeStatus('CaseStatus')(status),
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
  serialize: (_, template) => wire.serializeTemplate(template),
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

export const organisationEntity: Entity = defineEntity<T.Organisation>({
  name: 'Organisation',
  schema: 'OutputOrganisation',
  fields: { name: (organisation) => organisation.name },
  serialize: (_, organisation) => wire.serializeOrganisation(organisation),
  list: ({ state, actor }) =>
    state.organisations.filter(
      ({ name }) => actor.permissions.has('managePlatform') || name === actor.organisation,
    ),
})

export const profileEntity: Entity = defineEntity<T.Profile>({
  name: 'Profile',
  schema: 'OutputProfile',
  fields: { name: (profile) => profile.name },
  serialize: (_, profile) => wire.serializeProfile(profile),
  list: ({ state }) => state.profiles,
})
