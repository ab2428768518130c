import { closeSync, copyFileSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { markInUse, unreadCommits } from '#main/store/journal.ts'
import { walBytes } from '#main/store/open-database.ts'
import { bringOutbox, connectOutbox } from '#main/store/outbox/connect.ts'
import { createOutboxStore } from '#main/store/outbox/store.ts'
import type { StoreLocation } from '#main/store/ports.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { frameBytes, framesOf } from '#main/store/raw-pages.ts'
import { reserveWal } from '#main/store/reserve-wal.ts'
import { anOperation } from '#tests/support/make.ts'
import { openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'

const note = (id: string, message = `seen ${id}`) =>
  anOperation('comment.add', { localId: `local:${id}`, message }, { id })

/** An outbox in use whose disk has room for nothing more once `fill` was called. */
function inUse() {
  const location = tempProfile()
  const path = outboxPath(location.folder)
  const db = connectOutbox(location, { readonly: false })
  markInUse(db, path)
  bringOutbox(db, path)
  reserveWal(path, walBytes)
  const outbox = createOutboxStore(db, path)
  onTestFinished(() => outbox.close())
  const pages = Number(db.pragma('page_count', { simple: true }))
  return {
    ...{ location, path, db, outbox },
    fill: () => db.pragma(`max_page_count = ${pages}`),
    free: () => db.pragma('max_page_count = 1000000'),
  }
}

/** As a disk leaves a commit of several pages of which it took the last one’s header, and nothing after that. */
function tear(path: string, frames: number): void {
  const journal = `${path}-wal`
  const bytes = readFileSync(journal)
  const last = framesOf(bytes).findLast(({ commits }) => commits) ?? expect.fail('nothing was committed')
  const header = bytes.subarray(last.at - 24, last.at)
  const file = openSync(journal, 'r+')
  writeSync(file, header, 0, header.length, last.at - 24 + frames * frameBytes)
  closeSync(file)
}

/** The profile as a process leaves it that is killed now. */
function killed({ folder }: StoreLocation): StoreLocation {
  const left = tempProfile()
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(left.folder, file))
  return left
}

const large = note('large', 'x'.repeat(100_000))

describe('a commit that the disk refused half way', () => {
  it('leaves nothing behind, and the next opening tells of no damage', () => {
    const { location, path, db, outbox, fill } = inUse()
    outbox.append([note('a')])
    fill()
    tear(path, 3)
    expect(unreadCommits(db, path)).toBe(1)
    expect(() => outbox.append([large])).toThrow(expect.objectContaining({ kind: 'disk-full' }) as Error)
    expect(unreadCommits(db, path)).toBe(0)
    const again = openedOutbox(killed(location)).outbox
    expect(again.damage()).toBeUndefined()
    expect(again.pending()).toMatchObject([{ id: 'a', state: 'ready', mustVerify: false }])
  })

  it('is not taken for damage behind a shorter one that the disk took afterwards', () => {
    const { location, path, outbox, fill, free } = inUse()
    outbox.append([note('a')])
    fill()
    tear(path, 30)
    expect(() => outbox.append([large])).toThrow()
    free()
    outbox.append([note('b')])
    const again = openedOutbox(killed(location)).outbox
    expect(again.damage()).toBeUndefined()
    expect(again.pending().map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('takes nothing that was acknowledged, and no room that the next one needs', () => {
    const { location, path, outbox, fill } = inUse()
    const before = statSync(`${path}-wal`).size
    for (const id of ['a', 'b', 'c']) outbox.append([note(id)])
    fill()
    for (let n = 0; n < 3; n += 1) expect(() => outbox.append([large])).toThrow()
    expect(statSync(`${path}-wal`).size).toBe(before)
    outbox.remove(['b'])
    expect(outbox.pending().map(({ id }) => id)).toEqual(['a', 'c'])
    const again = openedOutbox(killed(location)).outbox
    expect(again.pending().map(({ id }) => id)).toEqual(['a', 'c'])
  })
})
