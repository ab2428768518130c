import type { PageRequest, ReadPage } from '#main/domain/page.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import type { Alert, AlertInput } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'

/** One adapter against one server with some alerts in it; what the contract needs and nothing of either's inside. */
export type Harness = {
  /** Connected as an analyst who may do everything with alerts. */
  server: TheHiveServer
  /** How many alerts the server started with; at least 40. */
  alerts: number
  /** Connected as somebody who may only read. */
  reader: () => Promise<TheHiveServer>
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
