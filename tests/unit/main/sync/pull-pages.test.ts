import { describe, expect, it } from 'vitest'
import type { PageCursor, PageRequest } from '#main/domain/page.ts'
import type { PageRead } from '#main/sync/ports.ts'
import { pullPages } from '#main/sync/pull-pages.ts'
import type { PullContext } from '#main/sync/pull-pages.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'

const first: PageRequest = { field: 'createdAt', direction: 'desc', cursor: undefined, limit: 10 }
const nothing = { changed: [], arrived: 0, underPending: [] }

type Trouble = { fetchFailsAt?: number; readFailsAt?: number; storeFailsAt?: number }

/** A server with numbered pages (their number is their cursor) before a cache; `log` is what was asked of both, in order. */
function world(pages: number, trouble: Trouble = {}) {
  const log: string[] = []
  const note = (word: string, page: number, failsAt: number | undefined) => {
    log.push(`${word} ${page}`)
    if (page === failsAt) throw new ForagerError('timeout', `${word} ${page}`)
  }
  const numberOf = (cursor: PageCursor | undefined) => cursor?.stamp ?? 1
  const context = {
    server: {
      alertPage: async ({ cursor }: PageRequest) => {
        await Promise.resolve()
        note('fetch', numberOf(cursor), trouble.fetchFailsAt)
        return new Uint8Array([numberOf(cursor)])
      },
    },
    cache: {
      readPage: async (_: string, [page = 0]: Uint8Array): Promise<PageRead> => {
        await Promise.resolve()
        note('read', page, trouble.readFailsAt)
        const next = page === pages ? undefined : { stamp: page + 1, skip: 0 }
        return { token: page, rows: 10, setAside: 0, newest: 0, next }
      },
      ingestPage: async (page: number) => {
        // A slow disk: everything that can happen ahead of it does.
        for (let turn = 0; turn < 50; turn++) await Promise.resolve()
        note('store', page, trouble.storeFailsAt)
        return nothing
      },
    },
    signal: new AbortController().signal,
    now: () => 0,
  }
  const stored = () => log.filter((line) => line.startsWith('store'))
  return { context: context as unknown as PullContext, log, stored }
}

const goOn = () => Promise.resolve('go-on' as const)

describe('pulling pages', () => {
  it('stores every page once, in order', async () => {
    const { context, stored } = world(5)
    expect(await pullPages('alert', first, context, goOn)).toBe('finished')
    expect(stored()).toEqual(['store 1', 'store 2', 'store 3', 'store 4', 'store 5'])
  })

  it('reads two pages ahead of the one being stored, and no more', async () => {
    const { context, log } = world(9)
    await pullPages('alert', first, context, goOn)
    const before = (line: string) => log.slice(0, log.indexOf(line))
    expect(before('store 1')).toContain('read 3')
    expect(before('store 1')).not.toContain('fetch 4')
    expect(before('store 5')).not.toContain('fetch 8')
  })

  it('asks for nothing more after the word to stop', async () => {
    const { context, log, stored } = world(9)
    const word = await pullPages('alert', first, context, () => Promise.resolve('stop'))
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    expect(word).toBe('stopped')
    expect(stored()).toEqual(['store 1'])
    expect(log).not.toContain('fetch 4')
  })

  it('is finished, not stopped, when the word comes with the last page', async () => {
    const { context } = world(1)
    expect(await pullPages('alert', first, context, () => Promise.resolve('stop'))).toBe('finished')
  })

  it.each([
    ['fetched', { fetchFailsAt: 3 }],
    ['read', { readFailsAt: 3 }],
  ])('stores what came before a page that cannot be %s, then fails as it did', async (_, trouble) => {
    const { context, stored } = world(9, trouble)
    await expect(pullPages('alert', first, context, goOn)).rejects.toMatchObject({ kind: 'timeout' })
    expect(stored()).toEqual(['store 1', 'store 2'])
  })

  it('fails with the page that cannot be stored, and stores none after it', async () => {
    const { context, stored } = world(9, { storeFailsAt: 2 })
    await expect(pullPages('alert', first, context, goOn)).rejects.toMatchObject({ message: 'store 2' })
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    expect(stored()).toEqual(['store 1', 'store 2'])
  })
})
