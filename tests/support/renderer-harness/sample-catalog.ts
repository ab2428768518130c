import type { Case } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Task } from '#shared/model/task.ts'
import { sampleTechniques } from './sample-techniques.ts'

type Status = Catalog['alertStatuses'][number]

const status = (value: string, stage: Status['stage'], order: number, colour?: string): Status => ({
  ...{ value, stage, order, hidden: false },
  ...(colour !== undefined && { colour }),
})

const field = (
  name: string,
  displayName: string,
  type: string,
  more: Partial<Catalog['customFields'][number]> = {},
): Catalog['customFields'][number] => ({
  ...{ name, displayName, type, description: '', mandatory: false, options: [] },
  ...more,
})

export const sampleCatalog: Catalog = {
  views: [
    {
      ...{ id: '~v1', name: 'Night shift', shared: true, stored: '{}' },
      filter: {
        op: 'and',
        of: [
          { op: 'gte', field: 'severity', value: 3 },
          { op: 'eq', field: 'follow', value: true },
        ],
      },
    },
    {
      ...{ id: '~v2', name: 'By word', shared: true, stored: '{}' },
      reason: 'Forager has no “_match”.',
    },
  ],
  alertStatuses: [
    status('New', 'New', 0, '#e5e5e5'),
    status('InProgress', 'InProgress', 1, '#1a73e8'),
    status('Pending', 'InProgress', 2, '#fff200'),
    status('Ignored', 'Closed', 3),
    status('FalsePositive', 'Closed', 4, '#101010'),
    status('Duplicate', 'Closed', 5),
    status('Imported', 'Imported', 6, '#00a65a'),
  ],
  caseStatuses: [
    status('New', 'New', 0),
    status('InProgress', 'InProgress', 1, '#1a73e8'),
    status('TruePositive', 'Closed', 2, '#d12c2c'),
    status('FalsePositive', 'Closed', 3),
    status('Duplicated', 'Closed', 4),
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
      customFields: [{ name: 'root-cause', type: 'string', value: null, order: 0 }],
    },
  ],
  customFields: [
    field('business-unit', 'Business unit', 'string', {
      description: 'Who is affected',
      options: ['Finance', 'Sales', 'Plant', 'IT'],
    }),
    field('hosts-affected', 'Hosts affected', 'integer'),
    field('loss', 'Loss in k€', 'float'),
    field('contained', 'Contained', 'boolean'),
    field('contained-at', 'Contained at', 'date'),
    field('ticket', 'Ticket', 'url'),
    field('root-cause', 'Root cause', 'string', { mandatory: true }),
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
  techniques: sampleTechniques,
}

export function sampleCases(now: number): Case[] {
  return Array.from({ length: 30 }, (_one, index) => ({
    id: `~${500 - index}`,
    number: 114 - index,
    title:
      ['Invoice fraud against finance', 'Loader on two laptops', 'VPN accounts tried from abroad'][
        index % 3
      ] ?? '',
    description: 'Opened from an alert of the mail gateway.\n\n1. Pull the message\n2. Find who clicked',
    severity: ([3, 2, 1] as const)[index % 3] ?? 2,
    tlp: 'amber' as const,
    pap: 'amber' as const,
    tags: ['phishing', 'finance'],
    status: index % 4 === 3 ? 'TruePositive' : 'InProgress',
    stage: index % 4 === 3 ? ('Closed' as const) : ('InProgress' as const),
    flag: index === 2,
    customFields: [
      { name: 'business-unit', type: 'string', value: 'Finance', order: 0 },
      ...(index === 4 ? [{ name: 'root-cause', type: 'string', value: null, order: 1 }] : []),
    ],
    assignee: ['ana', 'bo.larsen'][index % 2] ?? 'ana',
    startDate: now - index * 86_400_000,
    createdAt: now - index * 86_400_000,
    createdBy: 'ana',
  }))
}

/** The tasks every made-up case has. */
export function sampleTasks(now: number): Task[] {
  const task = (index: number, title: string, group: string, more: Partial<Task> = {}): Task => ({
    ...{ id: `~t${index}`, title, group, status: 'Waiting', mandatory: false, order: index },
    ...more,
  })
  return [
    task(1, 'Pull the message from all mailboxes', 'Contain', { status: 'Completed', assignee: 'ana' }),
    task(2, 'Reset what was given away', 'Contain', { status: 'InProgress', assignee: 'bo.larsen' }),
    task(3, 'Find who clicked', 'Identify', { mandatory: true, dueDate: now - 3_600_000 }),
    task(4, 'Ask the provider for logs', 'Identify', { status: 'Cancel' }),
  ]
}
