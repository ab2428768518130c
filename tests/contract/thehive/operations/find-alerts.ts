import { expect } from 'vitest'
import type { AlertSearch, FoundAlerts } from '#main/thehive/alert-search.ts'
import { alertSchema } from '#shared/model/alert.ts'
import type { Alert } from '#shared/model/alert.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { addDomains, isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { freshInput, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

const newestFirst = [{ field: 'date', direction: 'desc' }] as const

export const searchFor = (text: string, change: Partial<AlertSearch> = {}): AlertSearch => ({
  filter: parseFilter(text).filter,
  now: Date.now(),
  sort: newestFirst,
  limit: 500,
  ...change,
})

const idsOf = (alerts: readonly Alert[]): string[] => alerts.map(({ id }) => id)

/** Alerts that nothing else finds: their source is their own. */
async function some(harness: Harness, severities: readonly (1 | 2 | 3 | 4)[]): Promise<string> {
  const source = `s-${freshInput().sourceRef}`.slice(0, 32)
  for (const severity of severities) await made(harness, { source, severity, date: 1_700_000_000_000 })
  return source
}

async function everyPage(harness: Harness, search: AlertSearch, between?: () => Promise<unknown>) {
  const pages: FoundAlerts[] = [await harness.server.findAlerts(search, signal)]
  for (let cursor = pages[0]?.next; cursor !== undefined; cursor = pages.at(-1)?.next) {
    await between?.()
    pages.push(await harness.server.findAlerts({ ...search, cursor }, signal))
  }
  return { pages, alerts: pages.flatMap(({ alerts }) => alerts) }
}

export const findAlerts: ContractOperation = {
  name: 'Search on the server, by filter and several fields to sort by',
  family: 'Alerts',
  success: {
    'brings whole alerts that fit, and how many': async (harness) => {
      const source = await some(harness, [1, 3, 4])
      const found = await harness.server.findAlerts(searchFor(`source:${source} severity>=high`), signal)
      found.alerts.forEach((alert) => alertSchema.parse(alert))
      expect(found.alerts.map(({ severity }) => severity).sort()).toEqual([3, 4])
      expect(found).toMatchObject({
        total: { count: 2, exact: true },
        next: undefined,
        notAsked: [],
        setAside: [],
      })
    },
    'sorts by the first field, then the second': async (harness) => {
      const source = await some(harness, [2, 4, 2, 1, 4])
      const sort = [
        { field: 'severity', direction: 'desc' },
        { field: 'createdAt', direction: 'asc' },
      ] as const
      const { alerts } = await harness.server.findAlerts(searchFor(`source:${source}`, { sort }), signal)
      expect(alerts.map(({ severity }) => severity)).toEqual([4, 4, 2, 2, 1])
      for (const level of [4, 2]) {
        const stamps = alerts.filter(({ severity }) => severity === level).map(({ createdAt }) => createdAt)
        expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
      }
    },
    'brings each once in small pages, although all have the same moment': async (harness) => {
      const source = await some(harness, [1, 1, 2, 2, 2, 3, 4])
      const search = searchFor(`source:${source}`, { limit: 2 })
      const { alerts, pages } = await everyPage(harness, search)
      expect(new Set(idsOf(alerts)).size).toBe(7)
      expect(alerts).toHaveLength(7)
      expect(pages[0]?.total).toEqual({ count: 7, exact: true })
    },
    'misses none and repeats none when others arrive before the page': async (harness) => {
      const source = await some(harness, [1, 1, 1])
      const before = await harness.server.findAlerts(searchFor(`source:${source}`), signal)
      let later = 1_800_000_000_000
      const arrive = () => made(harness, { source, date: (later += 1_000) })
      const { alerts } = await everyPage(harness, searchFor(`source:${source}`, { limit: 2 }), arrive)
      expect(idsOf(alerts)).toEqual(idsOf(before.alerts))
    },
    'looks at what the server cannot be asked, and says so': async (harness) => {
      const source = await some(harness, [2])
      const wanted = await made(harness, { source, description: 'Somebody paid an INVOICE twice.' })
      const found = await harness.server.findAlerts(searchFor(`source:${source} description:invoice`), signal)
      expect(idsOf(found.alerts)).toEqual([wanted.id])
      expect(found.notAsked.map(({ part, seen }) => [printFilter(part), seen])).toEqual([
        ['description:invoice', true],
      ])
      // Everything came on one page, so what fits could be counted here.
      expect(found.total).toEqual({ count: 1, exact: true })
      const page = await harness.server.findAlerts(
        searchFor(`source:${source} description:invoice`, { limit: 1 }),
        signal,
      )
      expect(page.total).toEqual({ count: 2, exact: false })
    },
    'sees observables where they travel inside the alert, and says where not': async (harness) => {
      const source = await some(harness, [2])
      const wanted = await made(harness, { source })
      await addDomains(harness, wanted.id, 'paid-twice.example')
      const found = await harness.server.findAlerts(searchFor(`source:${source} obs:paid-twice`), signal)
      const isThree = harness.target.flavour === 'thehive3'
      expect(idsOf(found.alerts)).toEqual(isThree ? [wanted.id] : [])
      expect(found.notAsked.map(({ seen }) => seen)).toEqual([isThree])
      expect(found.total?.exact ?? false).toBe(isThree)
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.findAlerts(searchFor('severity:high'), signal),
    ),
  },
}
