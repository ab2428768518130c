import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { createAttribution } from '#main/sync/attribute-conflicts.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import type { AuditEntry } from '#main/thehive/port.ts'
import { anOperation } from '#tests/support/make.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

const entry = (by: string, at: number, details: object): AuditEntry => ({
  ...{ id: `a${at}`, action: 'update', objectType: 'alert', objectId: '~1' },
  ...{ by, at, details: { ...details } },
})

async function asked(
  history: (book: OperationBook) => Promise<AuditEntry[] | undefined>,
  field = 'severity',
) {
  const conflicts = [{ field, base: 2, mine: 4, theirs: 3, theirsBy: 'cy', theirsAt: 9 }]
  const update = anOperation(
    'alert.update',
    { change: { severity: 4 }, effect: {} },
    { id: 'a', state: 'conflict', conflicts },
  )
  const cache = { setPending: () => Promise.resolve() } as unknown as SyncCache
  const silent = { changed: () => undefined, outboxChanged: () => undefined }
  const book = new OperationBook(memoryOutbox([update]), cache, silent)
  let count = 0
  let now = 1_000
  const attributeConflicts = createAttribution()
  const server = { alertHistory: () => ((count += 1), history(book)) }
  const { signal } = new AbortController()
  const ask = (ms = 0) => {
    now += ms
    return attributeConflicts({ server, book, signal, now: () => now, stopped: () => false })
  }
  await ask()
  await ask()
  return { conflict: book.get('a')?.conflicts?.[0], count, book, ask }
}

describe('who changed the field in conflict', () => {
  it('is whom the trail names for that very field, not who changed the alert last; asked once', async () => {
    const trail = [
      entry('cy', 9, { title: 'x' }),
      entry('bo', 7, { severity: 3 }),
      entry('di', 5, { severity: 1 }),
    ]
    const { conflict, count } = await asked(async () => trail)
    expect(conflict).toMatchObject({ theirsBy: 'bo', theirsAt: 7, theirsExact: true })
    expect(count).toBe(1)
  })

  it.each([
    ['a case', 'caseId', { caseId: '~77' }],
    ['a custom field', 'customFields.unit', { customFields: {} }],
  ])('is found for %s', async (_, field, details) => {
    const { conflict } = await asked(async () => [entry('bo', 7, details)], field)
    expect(conflict).toMatchObject({ theirsBy: 'bo', theirsExact: true })
  })

  it.each([
    ['keeps no trail', async () => undefined],
    ['does not let it be read', async () => Promise.reject(new ForagerError('forbidden', 'no'))],
    ['has nothing on the field', async () => [entry('di', 5, { title: 'x' })]],
  ])('is who changed the alert last, where the server %s', async (_, history) => {
    const { conflict, count } = await asked(history)
    expect(conflict).toMatchObject({ theirsBy: 'cy', theirsAt: 9, theirsExact: false })
    expect(count).toBe(1)
  })

  it.each([
    ['fails over its trail', new ForagerError('server-error', 'no', { details: { status: 500 } })],
    ['is too slow over it', new ForagerError('timeout', 'no')],
  ])('is open for now where the server %s: the round goes on, and it is asked later', async (_, error) => {
    let answer = async (): Promise<AuditEntry[]> => Promise.reject(error)
    const { conflict, count, book, ask } = await asked(() => answer())
    expect(conflict).not.toHaveProperty('theirsExact')
    expect(count).toBe(1)
    answer = async () => [entry('bo', 7, { severity: 3 })]
    await ask(300_000)
    expect(book.get('a')?.conflicts?.[0]).toMatchObject({ theirsBy: 'bo', theirsExact: true })
  })

  it('is asked after the pause of a server that asks for one', async () => {
    const paused = new ForagerError('server-error', 'no', { details: { status: 503, retryAfterMs: 45_000 } })
    await expect(asked(async () => Promise.reject(paused))).rejects.toBe(paused)
  })

  it('a connection that breaks is told, and the question comes again', async () => {
    const { ask } = await asked(async () => [])
    await expect(ask()).resolves.toBeUndefined()
    await expect(
      asked(async () => Promise.reject(new ForagerError('offline', 'gone'))),
    ).rejects.toMatchObject({
      kind: 'offline',
    })
  })

  it('leaves alone what the analyst settled meanwhile', async () => {
    const { book } = await asked(async (open) => {
      await open.remove([open.get('a')!])
      return []
    })
    expect(book.all()).toEqual([])
  })
})
