import { describe, expect, it } from 'vitest'
import { findOnServer } from '#main/sync/find-on-server.ts'
import type { FindContext } from '#main/sync/find-on-server.ts'
import type { AlertSearch, FoundAlerts } from '#main/thehive/alert-search.ts'
import type { Alert } from '#shared/model/alert.ts'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { anAlert } from '#tests/support/make.ts'

const wanted = { filter: everything, sort: newestFirst, now: 5_000 }

/** A server of endless pages, whose third one can be spoiled. */
function rig(page: (at: number, search: AlertSearch) => Partial<FoundAlerts>) {
  const searches: AlertSearch[] = []
  const stored: string[] = []
  const noted: Alert[] = []
  const aside: unknown[] = []
  const context: FindContext = {
    server: {
      findAlerts: async (search) => {
        searches.push(search)
        const at = searches.length
        const none = {
          alerts: [],
          setAside: [],
          total: undefined,
          next: { value: 1, skip: at },
          notAsked: [],
        }
        return Promise.resolve({ ...none, ...page(at, search) })
      },
    },
    cache: {
      ingestAlerts: async (alerts) => {
        stored.push(...alerts.map(({ id }) => id))
        return Promise.resolve({
          changed: alerts.map(({ id }) => id),
          arrived: alerts.length,
          underPending: alerts.slice(0, 1),
        })
      },
      setAside: async (rows) => void aside.push(...rows),
    },
    book: { noteServerState: (alerts) => void noted.push(...alerts) },
    signal: new AbortController().signal,
  }
  return { context, searches, stored, noted, aside }
}

const some = (count: number, from = 0): Alert[] =>
  Array.from({ length: count }, (_, at) => anAlert({ id: `~${from + at}` }))

describe('finding on the server', () => {
  it('goes on page by page to the end, and adds it up', async () => {
    const { context, searches, stored, noted, aside } = rig((at) =>
      at === 1
        ? { alerts: some(2), total: { count: 3, exact: true }, notAsked: [{ part: everything, seen: true }] }
        : {
            alerts: some(1, 7),
            next: undefined,
            setAside: [{ entity: 'alert', id: '~9', reason: 'r', body: '' }],
          },
    )
    expect(await findOnServer(wanted, context)).toEqual({
      ...{ found: 3, arrived: 3, setAside: 1, more: false, changed: ['~0', '~1', '~7'] },
      ...{ total: { count: 3, exact: true }, notAsked: [{ part: everything, seen: true }] },
    })
    expect(stored).toEqual(['~0', '~1', '~7'])
    expect(searches.map(({ cursor }) => cursor)).toEqual([undefined, { value: 1, skip: 1 }])
    // In the queue's order, and the same order each time.
    expect(searches[0]?.sort).toEqual([newestFirst, { field: 'createdAt', direction: 'desc' }])
    // States under a decision that waits are ground for conflicts.
    expect(noted.map(({ id }) => id)).toEqual(['~0', '~7'])
    expect(aside).toHaveLength(1)
  })

  it('stops after a thousand, and after ten pages on which hardly anything fits', async () => {
    const many = rig((at) => ({ alerts: some(200, at * 200) }))
    expect(await findOnServer(wanted, many.context)).toMatchObject({ found: 1_000, more: true })
    const few = rig(() => ({}))
    expect(await findOnServer(wanted, few.context)).toMatchObject({ found: 0, more: true })
    expect(few.searches).toHaveLength(10)
  })

  it('keeps what came before a page that failed', async () => {
    const { context, stored } = rig((at) => {
      if (at === 3) throw new Error('the line broke')
      return { alerts: some(1, at) }
    })
    await expect(findOnServer(wanted, context)).rejects.toThrow('the line broke')
    expect(stored).toEqual(['~1', '~2'])
  })
})
