import type { PageRequest, ReadPage } from '#main/domain/page.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import type { Alert, AlertInput } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'

export type Flavour = 'thehive3' | 'thehive4' | 'thehive5'

/** One server an adapter must work with. */
export type Target = { flavour: Flavour; version: string }

/** A target that can be opened: a stand-in of that flavour and version, with its adapter connected to it. */
export type OpenTarget = Target & { open: () => Promise<Harness> }

/** One adapter against one server with some alerts in it; what the contract needs and nothing of either's inside. */
export type Harness = {
  target: Target
  /** For faults, and for what the server saw; its rules are not the contract's business. */
  hive: StandIn
  /** Connected as an analyst who may do everything with alerts and cases. */
  server: TheHiveServer
  /** How many alerts the server started with; at least 40. */
  alerts: number
  connectAs: (apiKey: string, organisation?: string) => Promise<TheHiveServer>
  readAlerts: (bytes: Uint8Array, request: PageRequest) => ReadPage<Alert>
  readObservables: (
    bytes: Uint8Array,
    request: PageRequest,
  ) => ReadPage<{ alertId: string; observable: Observable }>
  /** What the API's own description finds wrong with the traffic so far; undefined when there is none to ask. */
  violations: () => unknown[] | undefined
  close: () => Promise<void>
}

export const signal = new AbortController().signal

/** The keys of the stand-in's people. */
export const keys = { analyst: 'ana-key', reader: 'rolf-key', ofTwoOrganisations: 'boss-key' } as const

const names = { thehive3: 'TheHive 3', thehive4: 'TheHive 4', thehive5: 'TheHive 5' } as const

/** `TheHive 5 · 5.6.2` */
export const targetName = ({ flavour, version }: Target): string => `${names[flavour]} · ${version}`

export const newest: PageRequest = { field: 'createdAt', direction: 'desc', cursor: undefined, limit: 15 }

let count = 0
/** An alert nobody has yet. */
export function freshInput(change: Partial<AlertInput> = {}): AlertInput {
  count += 1
  return {
    type: 'phishing',
    source: 'mailbox',
    sourceRef: `ref-${process.pid}-${count}`,
    title: `Reported message ${count}`,
    description: 'A message **asked** for a password.',
    severity: 2,
    tlp: 'amber',
    pap: 'amber',
    tags: ['mail'],
    customFields: [],
    ...change,
  }
}

/** Every page from `request` on. */
export async function allPages<T>(
  request: PageRequest,
  fetch: (request: PageRequest) => Promise<Uint8Array>,
  read: (bytes: Uint8Array, request: PageRequest) => ReadPage<T>,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = []
  let pages = 0
  for (let next: PageRequest | undefined = request; next !== undefined; pages += 1) {
    const page: ReadPage<T> = read(await fetch(next), next)
    items.push(...page.items)
    next = page.next === undefined ? undefined : { ...request, cursor: page.next }
  }
  return { items, pages }
}
