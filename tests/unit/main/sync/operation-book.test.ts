import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
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

describe('what was on its way when the process died', () => {
  it.each([
    ['is asked about before it is sent again', 500, 'ready'],
    ['stays on hold where it was, and was only asked about', untilAnalyst, 'held'],
  ])('%s', async (_what, notBefore, state) => {
    const { book, folds } = bookWithSlowCache()
    const appended = book.append([{ ...note, state: 'sending', notBefore }])
    folds[0]!.done()
    await appended
    book.doubtSending()
    expect(book.get(note.id)).toMatchObject({ state, notBefore, mustVerify: true })
  })
})

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

  it('waits for everything decided so far when the list is what they look at', async () => {
    const { book, folds } = bookWithSlowCache()
    await book.allFolded()
    const appended = [book.append([note]), book.append([{ ...note, id: 'op-2', alertId: '~2' }])]
    let seen = false
    const looking = book.allFolded().then(() => (seen = true))
    folds[0]!.done()
    await appended[0]
    expect(seen).toBe(false)
    folds[1]!.fail()
    await expect(appended[1]).rejects.toThrow('full')
    await looking
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

describe('a new state of an alert', () => {
  const silent = { changed: () => undefined, outboxChanged: () => undefined }
  const cache = { setPending: () => Promise.resolve() } as unknown as SyncCache
  const bookOf = (...operations: Operation[]) => new OperationBook(memoryOutbox(operations), cache, silent)
  const raise = anOperation(
    'alert.update',
    { change: { severity: 4, description: 'A\nb\nc' }, effect: {} },
    { id: 'a', base: { severity: 2, description: 'a\nb\nc' } },
  )
  const seen = anAlert({ description: 'a\nb\nc' })

  it('that contradicts a decision makes it wait; another one later is what the analyst sees', () => {
    const book = bookOf(raise)
    book.noteServerState([{ ...seen, severity: 3, updatedBy: 'bo', updatedAt: 7 }])
    expect(book.get('a')).toMatchObject({ state: 'conflict', conflicts: [{ theirs: 3, theirsBy: 'bo' }] })
    book.noteServerState([{ ...seen, severity: 1, updatedBy: 'cy', updatedAt: 8 }])
    expect(book.get('a')).toMatchObject({ state: 'conflict', conflicts: [{ theirs: 1, theirsBy: 'cy' }] })
  })

  it('that brings no other value leaves what is known of who changed it', () => {
    const book = bookOf(raise)
    book.noteServerState([{ ...seen, severity: 3, updatedBy: 'bo', updatedAt: 7 }])
    book.noteServerState([{ ...seen, severity: 3, title: 'Other', updatedBy: 'cy', updatedAt: 8 }])
    expect(book.get('a')?.conflicts).toMatchObject([{ theirs: 3, theirsBy: 'bo', theirsAt: 7 }])
  })

  it('that agrees again lets it go out', () => {
    const book = bookOf(raise)
    book.noteServerState([{ ...seen, severity: 3 }])
    book.noteServerState([seen])
    expect(book.get('a')).toMatchObject({ state: 'ready' })
    expect(book.get('a')?.conflicts).toBeUndefined()
  })

  it('that is older than what it is in conflict with does not let it go out: a list follows late', () => {
    const book = bookOf(raise)
    book.noteServerState([{ ...seen, createdAt: 1, severity: 3, updatedAt: 7 }])
    book.noteServerState([{ ...seen, createdAt: 1 }])
    expect(book.get('a')).toMatchObject({ state: 'conflict', conflicts: [{ theirs: 3 }] })
    book.noteServerState([{ ...seen, createdAt: 1, updatedAt: 9 }])
    expect(book.get('a')).toMatchObject({ state: 'ready' })
  })

  it('that is merged into a text shows in it at once', () => {
    const shown: unknown[] = []
    const setPending = (views: unknown) => Promise.resolve(void shown.push(views))
    const book = new OperationBook(memoryOutbox([raise]), { ...cache, setPending } as SyncCache, silent)
    book.noteServerState([{ ...seen, description: 'a\nb\nC' }])
    expect(shown).toMatchObject([
      [{ alertId: '~1', operations: [{ payload: { change: { description: 'A\nb\nC' } } }] }],
    ])
  })

  it('is merged into the text of a decision, and of a later one that saw the first', () => {
    const text = (id: string, description: string, base: string) =>
      anOperation(
        'alert.update',
        { change: { description }, effect: {} },
        { id, base: { description: base } },
      )
    const book = bookOf(
      text('a', 'A\nb\nc\nd\ne', 'a\nb\nc\nd\ne'),
      text('b', 'A\nb\nc\nd\ne\nf', 'A\nb\nc\nd\ne'),
    )
    book.noteServerState([{ ...seen, description: 'a\nb\nC\nd\ne' }])
    expect(book.all()).toMatchObject([
      { payload: { change: { description: 'A\nb\nC\nd\ne' } } },
      { payload: { change: { description: 'A\nb\nC\nd\ne\nf' } } },
    ])
  })

  it('that went into the first text and not into a later one stops the later one, before and after the first is there', () => {
    const again = anOperation(
      'alert.update',
      { change: { description: 'A\nb\nc\nd' }, effect: {} },
      { id: 'b', base: { description: 'A\nb\nc' } },
    )
    const book = bookOf(raise, again)
    book.noteServerState([{ ...seen, description: 'a\nb\nC' }])
    expect(book.get('a')).toMatchObject({ payload: { change: { description: 'A\nb\nC' } } })
    const stopped = {
      state: 'conflict',
      conflicts: [{ field: 'description', mine: 'A\nb\nc\nd', theirs: 'A\nb\nC' }],
    }
    expect(book.get('b')).toMatchObject(stopped)
    book.noteServerState([{ ...seen, description: 'a\nb\nC', title: 'Other' }])
    expect(book.get('b')).toMatchObject(stopped)
    book.save({ ...book.get('a')!, state: 'sent', receipt: { at: 1, note: 'Taken.' } })
    book.noteServerState([{ ...seen, description: 'A\nb\nC' }])
    expect(book.get('b')).toMatchObject(stopped)
  })

  it('is not compared with what may have taken hold already', () => {
    const book = bookOf({ ...raise, state: 'retry-at', mustVerify: true })
    book.noteServerState([{ ...seen, severity: 3 }])
    expect(book.get('a')).toMatchObject({ state: 'retry-at' })
  })
})

it('a decision that is dropped for theirs leaves a later one of the same field to the analyst', async () => {
  const silent = { changed: () => undefined, outboxChanged: () => undefined }
  const cache = { setPending: () => Promise.resolve() } as unknown as SyncCache
  const to = (severity: 1 | 2 | 3 | 4, id: string, base: number) =>
    anOperation('alert.update', { change: { severity }, effect: {} }, { id, base: { severity: base } })
  const book = new OperationBook(memoryOutbox([to(3, 'a', 2), to(4, 'b', 3)]), cache, silent)
  book.noteServerState([anAlert({ severity: 1 })])
  await book.remove([book.get('a')!])
  expect(book.all()).toMatchObject([
    { id: 'b', state: 'conflict', conflicts: [{ field: 'severity', base: 2, mine: 4, theirs: 1 }] },
  ])
})

it('several that are dropped leave a later one on the ground that was there before all of them', async () => {
  const silent = { changed: () => undefined, outboxChanged: () => undefined }
  const cache = { setPending: () => Promise.resolve() } as unknown as SyncCache
  const caseId = 'local:c'
  const merge = anOperation('alert.merge', { caseId }, { id: 'm', base: { caseId: null, status: 'New' } })
  const unlink = anOperation('alert.unlink', { caseId }, { id: 'u', base: { caseId, status: 'Imported' } })
  const ignore = anOperation(
    'alert.update',
    { change: { status: 'Ignored' }, effect: {} },
    { id: 'i', base: { status: 'New' } },
  )
  const book = new OperationBook(memoryOutbox([merge, unlink, ignore]), cache, silent)
  await book.remove([merge, unlink])
  book.noteServerState([anAlert()])
  expect(book.all()).toMatchObject([{ id: 'i', state: 'ready', base: { status: 'New' } }])
})
