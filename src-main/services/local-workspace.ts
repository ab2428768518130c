import type { Catalog } from '#shared/model/catalog.ts'
import type { Profile, Session } from '#shared/model/session.ts'

/** In a local workspace the analyst is the only authority: everything is allowed. */
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
      createAlert: true,
      updateAlert: true,
      reopenAlert: true,
      importAlert: true,
      manageObservable: true,
      comment: true,
      assignee: true,
      promoteOverrides: true,
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
