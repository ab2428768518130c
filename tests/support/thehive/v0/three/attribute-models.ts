import { alertStatuses } from '../../semantics/legacy/three-alerts.ts'
import { caseStatuses, impacts, resolutions } from '../../semantics/legacy/three-cases.ts'
import type { ServerKind } from '../../state/server-kind.ts'
import type { Attribute, AttributeModel } from './attributes.ts'

const required = (format: Attribute['format']): Attribute => ({ format, required: true })
const optional = (format: Attribute['format']): Attribute => ({ format })
const fixed = (attribute: Attribute): Attribute => ({ ...attribute, readonly: true })

/** What every document has; the server writes them. */
const meta: Record<string, Attribute> = {
  ...{ _id: fixed(optional('string')), id: fixed(optional('string')) },
  ...{ _type: fixed(optional('string')), _routing: fixed(optional('string')) },
  ...{ _parent: fixed(optional('string')), _version: fixed(optional('number')) },
  ...{ createdBy: fixed(optional('string')), createdAt: fixed(optional('date')) },
  ...{ updatedBy: fixed(optional('string')), updatedAt: fixed(optional('date')) },
  user: fixed(optional('string')),
}

const tlps = [0, 1, 2, 3]

/** 4 is a severity since 3.4.1. */
const severities = ({ atLeast }: ServerKind) => (atLeast('3.4.1') ? [1, 2, 3, 4] : [1, 2, 3])

export const alertModel = (server: ServerKind): AttributeModel => ({
  table: 'alert',
  attributes: {
    ...meta,
    type: fixed(required('string')),
    source: fixed(required('string')),
    sourceRef: fixed(required('string')),
    ...{ title: required('string'), description: required('string') },
    date: fixed(optional('date')),
    lastSyncDate: optional('date'),
    ...{ severity: optional(severities(server)), tlp: optional(tlps), tags: optional('strings') },
    ...{ caseTemplate: optional('string'), case: optional('string'), follow: optional('boolean') },
    ...{ status: optional(alertStatuses), artifacts: optional('objects') },
    ...(server.atLeast('3.1.0') ? { customFields: optional('object') } : {}),
  },
})

/** An artifact within an alert: at least one of message and tags must be there, which is checked where it is read. */
export const embeddedModel = (server: ServerKind): AttributeModel => ({
  table: 'alert',
  attributes: {
    ...{ dataType: required('string'), data: optional('string'), message: optional('string') },
    ...{ tags: optional('strings'), tlp: optional(tlps), ioc: optional('boolean') },
    ...(server.atLeast('3.4.0') ? { sighted: optional('boolean') } : {}),
    ...{ startDate: optional('date'), attachment: optional('object'), remoteAttachment: optional('object') },
  },
})

export const caseModel = (server: ServerKind): AttributeModel => ({
  table: 'case',
  attributes: {
    ...meta,
    caseId: fixed(optional('number')),
    ...{ title: required('string'), description: required('string') },
    ...{ severity: optional(severities(server)), startDate: optional('date'), endDate: optional('date') },
    ...{ tags: optional('strings'), flag: optional('boolean'), tlp: optional(tlps), pap: optional(tlps) },
    ...{ status: optional(caseStatuses), owner: optional('string'), summary: optional('string') },
    ...{ resolutionStatus: optional(resolutions), impactStatus: optional(impacts) },
    ...{ metrics: optional('object'), customFields: optional('object') },
    ...{ mergeInto: optional('string'), mergeFrom: optional('strings') },
  },
})

export const artifactModel: AttributeModel = {
  table: 'case_artifact',
  attributes: {
    ...meta,
    dataType: fixed(required('string')),
    data: fixed(optional('string')),
    ...{ message: optional('string'), startDate: optional('date'), attachment: fixed(optional('object')) },
    ...{
      tlp: optional(tlps),
      tags: optional('strings'),
      ioc: optional('boolean'),
      sighted: optional('boolean'),
    },
    ...{ status: optional(['Ok', 'Deleted']), reports: optional('object') },
  },
}
