import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openOutbox } from '#main/store/outbox-store.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { reserveWal } from '#main/store/reserve-wal.ts'
import { anOperation } from '#tests/support/make.ts'
import { openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'

const note = (id: string, message = 'seen') =>
  anOperation('comment.add', { localId: `local:${id}`, message }, { id })
const journal = (folder: string) => `${outboxPath(folder)}-wal`

/** The profile as it stands at this moment, opened anew: what a crash leaves behind. */
function afterCrash(folder: string) {
  const left = tempProfile()
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(left.folder, file))
  return { ...openedOutbox(left), left }
}

describe("the outbox's journal", () => {
  it('has its room before it is needed: decisions do not make the file longer', () => {
    const { outbox, location } = openedOutbox()
    const before = statSync(journal(location.folder)).size
    for (let n = 0; n < 300; n++) outbox.append([note(`n${n}`)])
    expect(before).toBeGreaterThan(16_000_000)
    expect(statSync(journal(location.folder)).size).toBe(before)
  })

  it('gives every decision back after a crash, and takes new ones', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a'), note('b')])
    const { outbox: again } = afterCrash(location.folder)
    expect(again.damage()).toBeUndefined()
    again.append([note('c')])
    expect(again.pending().map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('gives every decision back after a crash later than its first turn-over', () => {
    const { outbox, location } = openedOutbox()
    const batches = Array.from({ length: 60 }, (_, batch) =>
      Array.from({ length: 80 }, (_, n) => note(`${batch}-${n}`, 'seen '.repeat(1_000))),
    )
    const before = statSync(journal(location.folder)).size
    for (const batch of batches) outbox.append(batch)
    expect(statSync(outboxPath(location.folder)).size).toBeGreaterThan(4_000_000)
    expect(statSync(journal(location.folder)).size).toBe(before)
    const { outbox: again } = afterCrash(location.folder)
    expect(again.pending().map(({ id }) => id)).toEqual(batches.flat().map(({ id }) => id))
    expect(again.damaged()).toEqual([])
  })

  it('that cannot be given its room keeps nothing from opening', () => {
    const { folder } = tempProfile()
    mkdirSync(journal(folder))
    expect(() => reserveWal(outboxPath(folder), 1_000)).not.toThrow()
  })

  it('is gone when the outbox is closed', () => {
    const location = tempProfile()
    openOutbox(location).close()
    expect(existsSync(journal(location.folder))).toBe(false)
  })
})
