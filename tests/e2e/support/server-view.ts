import type { HiveKind, HiveProcess } from './hive-process.ts'

/** An alert as the server's own API shows it, in words that fit every flavour. */
export type ServerAlert = {
  id: string
  severity: number
  tags: string[]
  /** The number, whatever it means there. */
  tlp: number
  status: string
  caseId: string | undefined
  /** Names of files and values, in order of their arrival. */
  observables: string[]
}
export type ServerCase = { id: string; number: number; title: string }
export type NewAlert = { title: string; tlp: number }

/** Asks and feeds one flavour as its documentation says; shares no rule with the product. */
export type ServerView = {
  create: (alert: NewAlert) => Promise<void>
  alert: (title: string) => Promise<ServerAlert>
  cases: () => Promise<ServerCase[]>
}

type Wire = Record<string, unknown> & { title: string; severity: number; tags: string[]; tlp: number }
type WireObservable = { data?: string | null; attachment?: { name: string } | null }

const nameOf = ({ data, attachment }: WireObservable) => attachment?.name ?? data ?? ''

/** Every alert comes with this. */
const known = [{ dataType: 'ip', data: '192.0.2.7', message: 'seen by the feed' }]

const draftOf = ({ title, tlp }: NewAlert) => ({
  ...{ type: 'test', source: 'feed', sourceRef: title.toLowerCase().replaceAll(' ', '-') },
  ...{ title, description: `About ${title}.`, severity: 2, tlp, tags: ['fresh'], date: Date.now() },
})

export function viewOf(hive: HiveProcess, { flavour }: HiveKind): ServerView {
  return flavour === 'thehive5' ? fiveView(hive) : olderView(hive)
}

function fiveView(hive: HiveProcess): ServerView {
  const titled = (title: string) => ({ _name: 'filter', _eq: { _field: 'title', _value: title } })
  return {
    create: async (alert) =>
      void (await hive.api('POST', '/alert', { ...draftOf(alert), observables: known }, 'ben')),
    alert: async (title) => {
      const [found] = await hive.query<Wire[]>([{ _name: 'listAlert' }, titled(title)])
      const observables = await hive.query<WireObservable[]>([
        ...[{ _name: 'listAlert' }, titled(title), { _name: 'observables' }],
      ])
      return {
        ...shared(found, title),
        id: String(found?.['_id']),
        caseId: textOf(found?.['caseId']),
        observables: observables.map(nameOf),
      }
    },
    cases: async () => {
      const found = await hive.query<Wire[]>([{ _name: 'listCase' }])
      return found.map((one) => ({
        ...{ id: String(one['_id']), number: Number(one['number']), title: one.title },
      }))
    },
  }
}

function olderView(hive: HiveProcess): ServerView {
  const search = (kind: 'alert' | 'case', query: object) =>
    hive.api<Wire[]>('POST', `/${kind}/_search?range=all`, { query })
  return {
    create: async (alert) =>
      void (await hive.api('POST', '/alert', { ...draftOf(alert), artifacts: known }, 'ben')),
    alert: async (title) => {
      const found = (await search('alert', {})).find((one) => one.title === title)
      const artifacts = (found?.['artifacts'] ?? []) as WireObservable[]
      return {
        ...shared(found, title),
        id: String(found?.['id']),
        caseId: textOf(found?.['case']),
        observables: artifacts.map(nameOf),
      }
    },
    cases: async () =>
      (await search('case', {})).map((one) => ({
        ...{ id: String(one['id']), number: Number(one['caseId']), title: one.title },
      })),
  }
}

function shared(found: Wire | undefined, title: string) {
  if (!found) throw new Error(`The server has no alert “${title}”`)
  const { severity, tags, tlp } = found
  return { severity, tags, tlp, status: String(found['status']) }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
