import type { HiveState } from '../state/hive-state.ts'
import type * as T from '../state/types.ts'
import { marking, severity, type WireObject } from './wire-common.ts'

const meta = (record: T.Stamps, type: string): WireObject => ({
  _id: record.id,
  _type: type,
  _createdBy: record.createdBy,
  _createdAt: record.createdAt,
  _updatedBy: record.updatedBy,
  _updatedAt: record.updatedAt,
})

export const serializeStatus =
  (kind: 'AlertStatus' | 'CaseStatus') =>
  ({ server }: HiveState, status: T.StatusDefinition): WireObject => {
    const { value, stage, order, description, colour } = status
    // Statuses can be hidden since 5.5.0.
    const hidden = server.atLeast('5.5.0') ? status.hidden : undefined
    return { ...meta(status, kind), value, stage, order, description, colour, hidden, extraData: {} }
  }

export function serializeCustomField(field: T.CustomFieldDefinition): WireObject {
  const { name, displayName, group, description, type, options, mandatory } = field
  return {
    ...meta(field, 'CustomField'),
    ...{ name, displayName, group, description, type, options, mandatory, extraData: {} },
  }
}

export function serializeTemplate({ server }: HiveState, template: T.CaseTemplate): WireObject {
  const { name, displayName, titlePrefix, description, tags, flag, summary } = template
  return {
    ...meta(template, 'CaseTemplate'),
    ...{ name, displayName, titlePrefix, description },
    ...severity(server, template.severity),
    ...{ tags, flag },
    ...marking(server, template),
    summary,
    customFields: template.customFields.map(({ id, ...rest }) => ({ _id: id, ...rest })),
    tasks: template.tasks.map((task, order) => ({
      ...meta({ ...template, id: `${template.id}${order}` }, 'Task'),
      ...{ title: task.title, group: task.group, description: task.description },
      ...{ status: task.status ?? 'Waiting', flag: task.flag ?? false, assignee: task.assignee },
      ...{ startDate: task.startDate, endDate: task.endDate, dueDate: task.dueDate },
      ...{ order: task.order ?? order, mandatory: task.mandatory ?? false, extraData: {} },
    })),
    extraData: {},
  }
}

export function serializeObservableType(type: T.ObservableType): WireObject {
  return { ...meta(type, 'ObservableType'), name: type.name, isAttachment: type.isAttachment }
}

export function serializeOrganisation(organisation: T.Organisation): WireObject {
  const { name, description } = organisation
  return {
    ...meta(organisation, 'Organisation'),
    ...{
      name,
      description,
      taskRule: 'manual',
      observableRule: 'manual',
      links: [],
      locked: false,
      extraData: {},
    },
  }
}

export function serializePattern(pattern: T.Pattern): WireObject {
  const { patternId, name, description, tactics, platforms } = pattern
  return {
    ...meta(pattern, 'Pattern'),
    ...{ patternId, name, description, tactics },
    url: `https://attack.example/techniques/${patternId.replace('.', '/')}`,
    ...{ patternType: 'attack-pattern', revoked: false, dataSources: [], defenseBypassed: [] },
    ...{ permissionsRequired: [], platforms, remoteSupport: false, systemRequirements: [], version: '1.0' },
    extraData: {},
  }
}

export function serializeView(view: T.ListView): WireObject {
  const { name, entity, filter, listOptions, sortList, showColumns, isShared } = view
  return {
    ...meta(view, 'ListView'),
    ...{ name, entity, filter, listOptions, sortList, showColumns, isShared },
  }
}

export function serializeProfile(profile: T.Profile): WireObject {
  const { name, permissions, forAdmin } = profile
  return {
    ...meta(profile, 'Profile'),
    ...{
      type: forAdmin ? 'Admin' : 'Organisation',
      name,
      permissions,
      editable: false,
      forAdmin,
      forOrg: !forAdmin,
    },
    ...{ forExternal: false, consumesLicense: permissions.length > 0 },
  }
}

/** The user as member of `organisation`. */
export function serializeUser(state: HiveState, user: T.User, organisation: string): WireObject {
  const membership =
    user.memberships.find((each) => each.organisation === organisation) ?? user.memberships[0]
  const profile = state.profiles.find((known) => known.name === membership?.profile)
  const { _type: _, ...stamps } = meta(user, 'User')
  return {
    ...stamps,
    ...{
      login: user.login,
      name: user.name,
      email: user.login,
      hasKey: true,
      hasPassword: true,
      hasMFA: false,
    },
    ...{ locked: user.locked, profile: profile?.name, permissions: profile?.permissions },
    organisation: membership?.organisation,
    organisations: user.memberships.map((each) => ({
      organisationId: state.organisations.find((known) => known.name === each.organisation)?.id,
      ...{ organisation: each.organisation, profile: each.profile, links: [] },
    })),
    ...(state.server.flavour === 'thehive5'
      ? { type: 'Normal', defaultOrganisation: user.memberships[0]?.organisation, extraData: {} }
      : {}),
  }
}
