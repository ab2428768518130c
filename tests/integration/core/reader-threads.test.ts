import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startReaders } from '#main/core/reader-pool.ts'
import type { ReaderPool } from '#main/core/reader-pool.ts'
import { startThread } from '#main/core/threads.ts'
import type { CacheReader } from '#main/store/ports.ts'

const url = pathToFileURL(join(import.meta.dirname, '../../support/core/odd-reader.ts'))
let started: number
let readers: ReaderPool

beforeEach(() => {
  started = 0
  readers = startReaders(() => {
    started += 1
    return startThread<CacheReader>(url, undefined)
  }, 500)
})
afterEach(() => readers.close())

const endless = () => readers.search((reader) => reader.order({} as never))
const deadly = () => readers.search((reader) => reader.titles([]))
const harmless = () => readers.search((reader) => reader.searchCases('', 1))

describe('a search that takes too long', () => {
  it('is ended and told as what it was; those behind it are answered', async () => {
    const [culprit, ...innocent] = await Promise.allSettled([endless(), harmless(), harmless()])
    expect(culprit).toMatchObject({
      reason: {
        kind: 'timeout',
        message: 'This search took longer than 0.5 s.',
        next: expect.stringContaining('Narrow') as string,
      },
    })
    expect(innocent.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(started).toBe(3)
  })
})

describe('a thread that dies by itself', () => {
  it('is replaced: what is asked afterwards is answered', async () => {
    await expect(deadly()).rejects.toMatchObject({
      kind: 'bug',
      message: 'A part of Forager stopped: no memory is left',
    })
    await expect(harmless()).resolves.toHaveLength(1)
  })

  it('has its question asked once more, and no third time', async () => {
    const before = await harmless()
    await expect(deadly()).rejects.toThrow('no memory is left')
    // The two it began with, one for the second attempt, one for what follows.
    expect(await harmless()).not.toEqual(before)
    expect(started).toBe(4)
  })

  it('is replaced for details and counts as well', async () => {
    const before = await readers.quick.counts('ana')
    await expect(readers.quick.titles([])).rejects.toThrow('no memory is left')
    expect(await readers.quick.counts('ana')).not.toEqual(before)
  })

  it('is not what a question that merely fails is taken for', async () => {
    await expect(readers.quick.detail('x')).rejects.toThrow('it is not there')
    expect(started).toBe(2)
  })
})

it('what is still asked when the readers are closed ends as that, and starts nothing anew', async () => {
  await harmless()
  const asked = [endless(), harmless()]
  const told = Promise.allSettled(asked)
  await readers.close()
  const cancelled = { reason: { kind: 'cancelled' } }
  expect(await told).toMatchObject([cancelled, cancelled])
  expect(started).toBe(2)
})
