import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectOutbox } from '#main/store/outbox/connect.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { StoreLocation } from '#main/store/ports.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'
import { openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'

const note = (id: string, over: Partial<Operation> = {}) =>
  anOperation('comment.add', { localId: `local:${id}`, message: `seen ${id}` }, { id, ...over })
const journal = ({ folder }: StoreLocation) => `${outboxPath(folder)}-wal`
const frame = 4_096 + 24

/** A profile as a crash leaves it, after these batches, one transaction each. */
function crashed(...batches: Operation[][]): StoreLocation {
  const { outbox, location } = openedOutbox()
  for (const batch of batches) outbox.append(batch)
  const left = tempProfile()
  for (const file of readdirSync(location.folder))
    copyFileSync(join(location.folder, file), join(left.folder, file))
  return left
}

/** One bit of the journal, `back` bytes before the end of what was written last. */
function flip(location: StoreLocation, back: number): void {
  const bytes = readFileSync(journal(location))
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1
  bytes[end - back] = (bytes[end - back] ?? 0) ^ 1
  writeFileSync(journal(location), bytes)
}

const states = (location: StoreLocation) => {
  const { outbox } = openedOutbox(location)
  const rows = outbox.pending().map(({ id, state, mustVerify }) => ({ id, state, mustVerify }))
  return { damage: outbox.damage(), rows }
}
const doubtful = (id: string) => ({ id, state: 'cannot-tell', mustVerify: true })

describe('what a crash left in the journal', () => {
  it('is read without a word when it is whole, again and again', () => {
    const left = crashed([note('a')], [note('b')])
    for (let n = 0; n < 2; n++) {
      const { damage, rows } = states(left)
      expect(damage).toBeUndefined()
      expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
    }
  })

  it('and was damaged since is said; nothing that waited is sent by itself, and what still can be read comes with doubt', () => {
    const left = crashed([note('a')], [note('b')], [note('c')], [note('d')])
    flip(left, 9 * frame)
    const { damage, rows } = states(left)
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'without-journal' })
    expect(readFileSync(`${damage?.kept}-wal`).length).toBeGreaterThan(frame)
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(rows.every(({ state, mustVerify }) => state === 'cannot-tell' && mustVerify)).toBe(true)
  })

  it('of one last change that cannot be read makes Forager ask before it sends', () => {
    const left = crashed([note('a'), note('held', { state: 'held' })], [note('b')])
    flip(left, 100)
    const { damage, rows } = states(left)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(rows).toEqual([
      { id: 'a', state: 'ready', mustVerify: true },
      { id: 'held', state: 'held', mustVerify: false },
      doubtful('b'),
    ])
  })

  it('and is gone is noticed', () => {
    const left = crashed([note('a')])
    const outbox = openOutbox(left)
    outbox.close()
    const again = openedOutbox(left)
    again.outbox.append([note('b')])
    const lost = tempProfile()
    for (const file of readdirSync(left.folder).filter((name) => !/-(wal|shm)$/.test(name)))
      copyFileSync(join(left.folder, file), join(lost.folder, file))
    const { damage, rows } = states(lost)
    expect(damage).toMatchObject({ recovered: 'without-journal', kept: undefined })
    expect(rows).toEqual([doubtful('a')])
  })
})

describe('a process that ended without closing', () => {
  it('has lost nothing when SQLite took the journal in at its end', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a')])
    const left = tempProfile()
    const path = outboxPath(left.folder)
    for (const file of readdirSync(location.folder))
      copyFileSync(join(location.folder, file), join(left.folder, file))
    // What ends a thread closes its connections and knows nothing of marks.
    const db = connectOutbox(left, { readonly: false })
    db.pragma('schema_version')
    db.close()
    expect(existsSync(`${path}-wal`)).toBe(false)
    const { damage, rows } = states(left)
    expect(damage).toBeUndefined()
    expect(rows).toEqual([{ id: 'a', state: 'ready', mustVerify: false }])
  })
})

describe('a journal of another time', () => {
  it('is kept aside instead of laid over what is newer', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a'), note('undone')])
    const old = readFileSync(journal(location))
    outbox.remove(['undone'])
    outbox.append([note('b')])
    outbox.close()
    writeFileSync(journal(location), old)
    const { damage, rows } = states(location)
    expect(damage).toMatchObject({ recovered: 'without-journal' })
    expect(existsSync(`${damage?.kept}-wal`)).toBe(true)
    expect(rows.filter(({ state }) => state === 'ready').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(rows.filter(({ state }) => state !== 'ready')).toEqual([doubtful('undone')])
  })
})

describe('the mark of an outbox in use', () => {
  it('goes when it is closed, so that a lost file is not mistaken for a lost journal', () => {
    const location = tempProfile()
    openOutbox(location).close()
    expect(readdirSync(location.folder).filter((name) => name !== 'outbox.sqlite')).toEqual([])
    rmSync(outboxPath(location.folder))
    expect(states(location).damage).toBeUndefined()
  })
})
