import type { HiveState } from '../state/hive-state.ts'
import type * as T from '../state/types.ts'
import { papLabel, severityLabel, tlpLabel } from './labels.ts'
import type { WireObject } from './serialize.ts'

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
  (status: T.StatusDefinition): WireObject => {
    const { value, stage, order, colour, hidden } = status
    return { ...meta(status, kind), value, stage, order, colour, hidden, extraData: {} }
  }

export function serializeCustomField(field: T.CustomFieldDefinition): WireObject {
  const { name, displayName, group, description, type, options, mandatory } = field
  return {
    ...meta(field, 'CustomField'),
    ...{ name, displayName, group, description, type, options, mandatory, extraData: {} },
  }
}

export function serializeTemplate(template: T.CaseTemplate): WireObject {
  const { name, displayName, titlePrefix, description, severity, tags, flag, tlp, pap, summary } = template
  return {
    ...meta(template, 'CaseTemplate'),
    ...{ name, displayName, titlePrefix, description, severity },
    severityLabel: severity === undefined ? undefined : severityLabel(severity),
    ...{ tags, flag, tlp },
    tlpLabel: tlp === undefined ? undefined : tlpLabel(tlp),
    pap,
    papLabel: pap === undefined ? undefined : papLabel(pap),
    summary,
    customFields: template.customFields.map(({ id, ...rest }) => ({ _id: id, ...rest })),
    tasks: template.tasks.map((task, order) => ({
      ...meta({ ...template, id: `${template.id}${order}` }, 'Task'),
      ...{ title: task.title, group: task.group, description: task.description, status: 'Waiting' },
      ...{ flag: false, order, mandatory: task.mandatory ?? false, extraData: {} },
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
    ...{ type: 'Normal', defaultOrganisation: user.memberships[0]?.organisation, extraData: {} },
  }
}
