import type { Case } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Capabilities } from '#shared/model/session.ts'

const status = (value: string, stage: Catalog['alertStatuses'][number]['stage'], order: number) => ({
  value,
  stage,
  order,
  hidden: false,
})

export const sampleCatalog: Catalog = {
  alertStatuses: [
    status('New', 'New', 0),
    status('InProgress', 'InProgress', 1),
    status('Pending', 'InProgress', 2),
    status('Ignored', 'Closed', 3),
    status('FalsePositive', 'Closed', 4),
    status('Duplicate', 'Closed', 5),
    status('Imported', 'Imported', 6),
  ],
  caseTemplates: [
    {
      name: 'phishing',
      displayName: 'Phishing',
      titlePrefix: '[Phish]',
      description: 'Contain the message, find who clicked, reset what was given away.',
      tags: ['phishing'],
      taskTitles: ['Contain', 'Find recipients', 'Reset credentials', 'Report'],
    },
    {
      name: 'malware',
      displayName: 'Malware on a host',
      tags: ['malware'],
      taskTitles: ['Isolate', 'Collect', 'Clean'],
    },
  ],
  customFields: [
    {
      name: 'business-unit',
      displayName: 'Business unit',
      type: 'string',
      description: '',
      mandatory: false,
      options: [],
    },
  ],
  users: [
    { login: 'ana', name: 'Ana' },
    { login: 'bo.larsen', name: 'Bo Larsen' },
    { login: 'chi@soc.example', name: 'Chi' },
  ],
  observableTypes: [
    'ip',
    'domain',
    'fqdn',
    'url',
    'mail',
    'hash',
    'filename',
    'registry',
    'user-agent',
    'other',
  ]
    .map((name) => ({ name, isAttachment: false }))
    .concat({ name: 'file', isAttachment: true }),
}

export const everything: Capabilities = {
  createAlert: true,
  updateAlert: true,
  reopenAlert: true,
  importAlert: true,
  manageObservable: true,
  comment: true,
  assignee: true,
  promoteOverrides: true,
}

export function sampleCases(now: number): Case[] {
  return Array.from({ length: 30 }, (_one, index) => ({
    id: `~${500 - index}`,
    number: 114 - index,
    title:
      ['Invoice fraud against finance', 'Loader on two laptops', 'VPN accounts tried from abroad'][
        index % 3
      ] ?? '',
    description: '',
    severity: ([3, 2, 1] as const)[index % 3] ?? 2,
    tlp: 'amber' as const,
    pap: 'amber' as const,
    tags: [],
    status: index % 4 === 3 ? 'Resolved' : 'InProgress',
    stage: 'InProgress' as const,
    startDate: now - index * 86_400_000,
    createdAt: now - index * 86_400_000,
    createdBy: 'ana',
  }))
}
