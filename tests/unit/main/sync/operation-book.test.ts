import { describe, expect, it } from 'vitest'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { anOperation } from '#tests/support/make.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

/** A book whose cache folds when told to. */
function bookWithSlowCache() {
  const folds: { done: () => void; fail: () => void }[] = []
  const setPending = () =>
    new Promise<void>((resolve, reject) =>
      folds.push({ done: resolve, fail: () => reject(new Error('full')) }),
    )
  const outbox = memoryOutbox()
  const silent = { changed: () => undefined, outboxChanged: () => undefined }
  const book = new OperationBook(outbox, { setPending } as unknown as SyncCache, silent)
  return { book, folds, outbox }
}

const note = anOperation('comment.add', { localId: 'local:m', message: 'seen' })

describe('whoever decides and then looks', () => {
  it('waits for the fold of what they look at, and for nothing else', async () => {
    const { book, folds } = bookWithSlowCache()
    const appended = book.append([note])
    await book.folded('~2')
    let seen = false
    const looking = book.folded('~1').then(() => (seen = true))
    await Promise.resolve()
    expect(seen).toBe(false)
    folds[0]!.done()
    await Promise.all([looking, appended])
    await book.folded('~1')
  })

  it('sees what there is when the fold fails, which is reported to whoever decided', async () => {
    const { book, folds, outbox } = bookWithSlowCache()
    const appended = book.append([note])
    const looking = book.folded('~1')
    folds[0]!.fail()
    await looking
    await expect(appended).rejects.toThrow('full')
    expect(outbox.operations).toHaveLength(1)
  })
})

describe('an id of our own', () => {
  it('is mapped once, in one write, and only when it is ours', () => {
    const { book, outbox } = bookWithSlowCache()
    book.mapIds([
      ['local:a', '~1'],
      ['~2', '~3'],
    ])
    expect(book.resolveId('local:a')).toBe('~1')
    expect(book.resolveId('~2')).toBe('~2')
    expect([...outbox.idMap()]).toEqual([['local:a', '~1']])
  })
})
