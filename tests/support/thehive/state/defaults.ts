import { patternDefaults } from './default-patterns.ts'
import { caseTemplateDefaults, customFieldDefaults } from './default-templates.ts'
import { HiveState } from './hive-state.ts'
import { profilesOf } from './permissions.ts'
import type { HiveClock } from './clock.ts'
import type { ServerKind } from './server-kind.ts'
import type { Stage, StatusDefinition } from './types.ts'

const system = 'system@thehive.local'

/** A server's first account of the `admin` organisation and three people of `acme`; boss also belongs to `globex`. */
const people = [
  { login: 'admin@thehive.example', name: 'Administrator', key: 'admin-key', in: { admin: 'admin' } },
  { login: 'ana@acme.example', name: 'Ana Analyst', key: 'ana-key', in: { acme: 'analyst' } },
  { login: 'ben@acme.example', name: 'Ben Analyst', key: 'ben-key', in: { acme: 'analyst' } },
  { login: 'rolf@acme.example', name: 'Rolf Reader', key: 'rolf-key', in: { acme: 'read-only' } },
  {
    login: 'boss@acme.example',
    name: 'Bo Boss',
    key: 'boss-key',
    in: { acme: 'org-admin', globex: 'org-admin' },
  },
  { login: 'gil@globex.example', name: 'Gil Globex', key: 'gil-key', in: { globex: 'analyst' } },
] as const

const alertStatusValues: [string, Stage, string][] = [
  ['New', 'New', '#e24b4b'],
  ['InProgress', 'InProgress', '#4b8de2'],
  ['Pending', 'InProgress', '#e2a94b'],
  ['Imported', 'Imported', '#4bb26f'],
  ['Ignored', 'Closed', '#8a8f98'],
  ['Duplicated', 'Closed', '#8a8f98'],
  ['FalsePositive', 'Closed', '#8a8f98'],
]

const caseStatusValues: [string, Stage, string][] = [
  ['New', 'New', '#e24b4b'],
  ['InProgress', 'InProgress', '#4b8de2'],
  ['Indeterminate', 'Closed', '#8a8f98'],
  ['FalsePositive', 'Closed', '#8a8f98'],
  ['TruePositive', 'Closed', '#4bb26f'],
  ['Other', 'Closed', '#8a8f98'],
  ['Duplicated', 'Closed', '#8a8f98'],
]

const observableTypes = [
  'autonomous-system',
  'domain',
  'file',
  'filename',
  'fqdn',
  'hash',
  'hostname',
  'ip',
  'mail',
  'mail-subject',
  'other',
  'regexp',
  'registry',
  'uri_path',
  'url',
  'user-agent',
]

/** TheHive 3 has one company in one place: everybody is a member of the same, with the first of their profiles. */
const organisationsOf = ({ flavour }: ServerKind) =>
  flavour === 'thehive3' ? ['acme'] : ['admin', 'acme', 'globex']

function membershipsOf({ flavour }: ServerKind, joined: Readonly<Record<string, string>>) {
  const memberships = Object.entries(joined).map(([organisation, profile]) => ({ organisation, profile }))
  return flavour === 'thehive3'
    ? memberships.slice(0, 1).map(({ profile }) => ({ organisation: 'acme', profile }))
    : memberships
}

/** A hive as it is after its installation: accounts and definitions, no alert and no case. */
export function createDefaultState(options: {
  server: ServerKind
  clock?: HiveClock | undefined
  since?: number | undefined
}): HiveState {
  const { server } = options
  const state = new HiveState(options)
  const since = options.since ?? state.clock.now()
  const definition = () => ({ ...state.stamps(system, since), kind: 'definition' as const })
  const status = ([value, stage, colour]: [string, Stage, string], order: number): StatusDefinition => ({
    ...definition(),
    value,
    stage,
    order,
    colour,
    hidden: false,
  })

  for (const name of organisationsOf(server)) {
    state.organisations.push({ ...definition(), name, description: `The ${name} organisation` })
    state.space(name)
  }
  for (const [name, permissions] of Object.entries(profilesOf(server.flavour))) {
    state.profiles.push({ ...definition(), name, permissions, forAdmin: name === 'admin' })
  }
  for (const { login, name, key, in: joined } of people) {
    const stamps = state.stamps(system, since)
    state.users.push({
      ...stamps,
      // Source: a TheHive 3 user is known by the login.
      id: server.flavour === 'thehive3' ? login : stamps.id,
      kind: 'user',
      login,
      name,
      apiKey: key,
      password: `${key}-password`,
      locked: false,
      memberships: membershipsOf(server, joined),
    })
  }
  // Older servers have fixed statuses and no definitions of them.
  if (server.flavour === 'thehive5') {
    state.alertStatuses.push(...alertStatusValues.map(status))
    state.caseStatuses.push(...caseStatusValues.map(status))
  }
  for (const name of observableTypes) {
    state.observableTypes.push({ ...definition(), name, isAttachment: name === 'file' })
  }
  for (const field of customFieldDefaults) {
    // Links are a type of their own since TheHive 5.1.
    const type = field.type === 'url' && server.flavour !== 'thehive5' ? 'string' : field.type
    state.customFields.push({ ...definition(), ...field, type })
  }
  for (const template of caseTemplateDefaults) {
    const { tlp } = template
    state.caseTemplates.push({
      ...definition(),
      ...template,
      tlp: tlp === 3 && server.flavour !== 'thehive5' ? 2 : tlp,
    })
  }
  for (const pattern of patternDefaults) state.patterns.push({ ...definition(), ...pattern })
  return state
}
