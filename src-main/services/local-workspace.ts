import type { Catalog } from '#shared/model/catalog.ts'
import { tlpValues } from '#shared/model/scales.ts'
import type { Profile, Session } from '#shared/model/session.ts'
import { commonTechniques } from './common-techniques.ts'

/** In a local workspace the analyst is the only authority: everything is allowed that needs no server. */
export function localSession(profile: Profile): Session {
  return {
    flavour: 'local',
    version: '1',
    login: 'analyst',
    userName: 'Analyst',
    organisation: profile.name,
    organisations: [profile.name],
    permissions: [],
    capabilities: {
      cannot: {
        promotePages: 'A local workspace keeps no pages of cases.',
        similarCases: 'A local workspace has no server that compares alerts.',
        similarAlerts: 'A local workspace has no server that compares alerts.',
        zippedObservables: 'A local workspace has no server that unpacks archives.',
        audit: 'A local workspace keeps no record of who did what.',
        views: 'A local workspace has no shared views.',
      },
      tlps: [...tlpValues],
    },
  }
}

const status = (value: string, stage: Catalog['alertStatuses'][number]['stage'], order: number) => ({
  ...{ value, stage, order },
  hidden: false,
})

/** What a server would list; until one does, and in workspaces without one, this is the set. */
export function localCatalog(): Catalog {
  return {
    alertStatuses: [
      status('New', 'New', 0),
      status('InProgress', 'InProgress', 1),
      status('Pending', 'InProgress', 2),
      status('FalsePositive', 'Closed', 3),
      status('Ignored', 'Closed', 4),
      status('Duplicated', 'Closed', 5),
      status('TruePositive', 'Closed', 6),
      status('Imported', 'Imported', 7),
    ],
    caseStatuses: [
      status('New', 'New', 0),
      status('InProgress', 'InProgress', 1),
      status('TruePositive', 'Closed', 2),
      status('FalsePositive', 'Closed', 3),
      status('Indeterminate', 'Closed', 4),
      status('Duplicated', 'Closed', 5),
      status('Other', 'Closed', 6),
    ],
    techniques: commonTechniques,
    caseTemplates: [
      {
        name: 'phishing',
        displayName: 'Phishing',
        titlePrefix: '[Phishing]',
        description: 'A message that asks for what it should not have.',
        tags: ['phishing'],
        taskTitles: ['Find all recipients', 'Block sender and links', 'Reset exposed credentials'],
      },
      {
        name: 'malware',
        displayName: 'Malware',
        titlePrefix: '[Malware]',
        description: 'Something ran, or tried to.',
        severity: 3,
        tags: ['malware'],
        taskTitles: ['Isolate the host', 'Collect the sample', 'Look for it elsewhere'],
      },
    ],
    customFields: [],
    users: [{ login: 'analyst', name: 'Analyst' }],
    observableTypes: [
      ...['ip', 'domain', 'fqdn', 'url', 'mail', 'mail-subject', 'hash', 'filename', 'hostname'],
      ...['registry', 'user-agent', 'uri_path', 'regexp', 'autonomous-system', 'other'],
    ]
      .map((name) => ({ name, isAttachment: false }))
      .concat({ name: 'file', isAttachment: true }),
  }
}
