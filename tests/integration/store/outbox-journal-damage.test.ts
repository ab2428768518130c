import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connectOutbox } from '#main/store/outbox/connect.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { StoreLocation } from '#main/store/ports.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { copyOf, crashed, doubtful, journalOf, note, reopened } from '#tests/support/store/crashed-outbox.ts'
import { openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'

const frame = 4_096 + 24

/** One bit of the journal, `back` bytes before the end of what was written last. */
function flip(location: StoreLocation, back: number): void {
  const bytes = readFileSync(journalOf(location))
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1
  bytes[end - back] = (bytes[end - back] ?? 0) ^ 1
  writeFileSync(journalOf(location), bytes)
}

describe('what a crash left in the journal', () => {
  it('is read without a word when it is whole, again and again', () => {
    const left = crashed([note('a')], [note('b')])
    for (let n = 0; n < 2; n++) {
      const { damage, rows } = reopened(left)
      expect(damage).toBeUndefined()
      expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
    }
  })

  it('and was damaged since is said; nothing that waited is sent by itself, and what still can be read comes with doubt', () => {
    const left = crashed([note('a')], [note('b')], [note('c')], [note('d')])
    flip(left, 9 * frame)
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'without-journal' })
    expect(readFileSync(`${damage?.kept}-wal`).length).toBeGreaterThan(frame)
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(rows.every(({ state, mustVerify }) => state === 'cannot-tell' && mustVerify)).toBe(true)
  })

  it('of one last change that cannot be read makes Forager ask before it sends', () => {
    const left = crashed([note('a'), note('held', { state: 'held' })], [note('b')])
    flip(left, 100)
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(rows).toEqual([
      { id: 'a', state: 'ready', mustVerify: true },
      { id: 'held', state: 'held', mustVerify: false },
      doubtful('b'),
    ])
  })

  it('brings nothing back that was taken back before what cannot be read', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('undone')])
    outbox.remove(['undone'])
    outbox.append([note('kept')])
    outbox.append([note('torn')])
    const left = copyOf(location)
    flip(left, 100)
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(rows).toEqual([{ id: 'kept', state: 'ready', mustVerify: true }, doubtful('torn')])
  })

  it('and is gone is noticed', () => {
    const left = crashed([note('a')])
    const outbox = openOutbox(left)
    outbox.close()
    const again = openedOutbox(left)
    again.outbox.append([note('b')])
    const lost = copyOf(left)
    for (const suffix of ['-wal', '-shm']) rmSync(outboxPath(lost.folder) + suffix)
    const { damage, rows } = reopened(lost)
    expect(damage).toMatchObject({ recovered: 'without-journal', kept: undefined })
    expect(rows).toEqual([doubtful('a')])
  })
})

describe('a process that ended without closing', () => {
  it('has lost nothing when SQLite took the journal in at its end', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a')])
    const left = copyOf(location)
    const path = outboxPath(left.folder)
    // What ends a thread closes its connections and knows nothing of marks.
    const db = connectOutbox(left, { readonly: false })
    db.pragma('schema_version')
    db.close()
    expect(existsSync(`${path}-wal`)).toBe(false)
    const { damage, rows } = reopened(left)
    expect(damage).toBeUndefined()
    expect(rows).toEqual([{ id: 'a', state: 'ready', mustVerify: false }])
  })
})

describe('a journal of another time', () => {
  it('is kept aside instead of laid over what is newer', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a'), note('undone')])
    const old = readFileSync(journalOf(location))
    outbox.remove(['undone'])
    outbox.append([note('b')])
    outbox.close()
    writeFileSync(journalOf(location), old)
    const { damage, rows } = reopened(location)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(existsSync(`${damage?.kept}-wal`)).toBe(true)
    expect(rows.filter(({ state }) => state === 'ready').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(rows.filter(({ state }) => state !== 'ready')).toEqual([doubtful('undone')])
  })

  it('whose decision has the place of another one by now brings it back as the newest', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a')])
    outbox.close()
    const [lost, kept] = [copyOf(location), copyOf(location)]
    const first = openedOutbox(lost).outbox
    first.append([note('x')])
    const journal = readFileSync(journalOf(lost))
    const second = openedOutbox(kept).outbox
    second.append([note('y')])
    second.close()
    writeFileSync(journalOf(kept), journal)
    const { damage, rows } = reopened(kept)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(rows.map(({ id }) => id)).toEqual(['a', 'y', 'x'])
    expect(rows.at(-1)).toEqual(doubtful('x'))
  })
})

describe('the mark of an outbox in use', () => {
  it('goes when it is closed, so that a lost file is not mistaken for a lost journal', () => {
    const location = tempProfile()
    openOutbox(location).close()
    expect(readdirSync(location.folder).filter((name) => name !== 'outbox.sqlite')).toEqual([])
    rmSync(outboxPath(location.folder))
    expect(reopened(location).damage).toBeUndefined()
  })
})
