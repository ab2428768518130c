import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { backupPath, cachePath, outboxPath, siblingPath } from '#main/store/profile-files.ts'
import { anAlert } from '#tests/support/make.ts'
import { copyOf, crashed, doubtful, journalOf, note, reopened } from '#tests/support/store/crashed-outbox.ts'
import { openedCache, openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'

const ways: [string, (path: string) => void][] = [
  ['is gone', (path) => rmSync(path)],
  ['is empty', (path) => truncateSync(path, 0)],
]

describe.each(ways)('an outbox whose file %s', (_, spoil) => {
  it('and was never closed comes back from its journal, which is kept', () => {
    const left = crashed([note('a')], [note('b')])
    spoil(outboxPath(left.folder))
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'salvaged' })
    expect(existsSync(`${damage?.kept}-wal`)).toBe(true)
    expect(rows).toEqual([doubtful('a'), doubtful('b')])
    expect(reopened(copyOf(left)).damage).toBeUndefined()
  })

  it('comes back from its backup and its journal', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a')])
    outbox.backup()
    outbox.close()
    const again = openedOutbox(location).outbox
    again.append([note('b')])
    again.append([note('c')])
    const left = copyOf(location)
    spoil(outboxPath(left.folder))
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'salvaged', lost: 0 })
    expect(existsSync(`${damage?.kept}-wal`)).toBe(true)
    expect(rows).toEqual([doubtful('a'), doubtful('b'), doubtful('c')])
  })

  it('is not begun anew with another key: nothing moves', () => {
    const left = crashed([note('a')])
    spoil(outboxPath(left.folder))
    const before = readFileSync(journalOf(left))
    expect(() => openOutbox({ ...left, keyHex: 'ee'.repeat(32) })).toThrow(
      expect.objectContaining({ kind: 'corrupt' }),
    )
    expect(readFileSync(journalOf(left)).equals(before)).toBe(true)
    expect(reopened(left).rows).toEqual([doubtful('a')])
  })

  it('with all that was beside it, is begun anew, and that is told', () => {
    const left = crashed([note('a')])
    spoil(outboxPath(left.folder))
    for (const suffix of ['-wal', '-shm']) rmSync(outboxPath(left.folder) + suffix)
    const { damage, rows } = reopened(left)
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'fresh' })
    expect(rows).toEqual([])
  })
})

it('a rescued outbox takes no journal of the one before it, wherever the process ended', () => {
  const left = crashed([note('a')])
  const done = copyOf(left)
  openOutbox(done).close()
  rmSync(outboxPath(left.folder))
  renameSync(outboxPath(done.folder), siblingPath(outboxPath(left.folder), 'rescued'))
  const { damage, rows } = reopened(left)
  expect(damage).toBeUndefined()
  expect(rows.map(({ id }) => id)).toEqual(['a'])
  expect(readdirSync(left.folder).some((name) => /damaged.*-wal$/.test(name))).toBe(true)
})

describe.each(ways)('a workspace’s copy whose file %s', (_, spoil) => {
  it('and was never closed is refused, and its journal stays', () => {
    const { writer, location } = openedCache(tempProfile({ care: 'precious' }))
    writer.ingestAlerts([anAlert()], 1)
    const left = copyOf(location)
    const path = cachePath(left.folder)
    spoil(path)
    const before = readFileSync(`${path}-wal`)
    expect(() => openCacheWriter(left)).toThrow(expect.objectContaining({ kind: 'corrupt' }))
    expect(readFileSync(`${path}-wal`).equals(before)).toBe(true)
  })

  it('takes no journal of the one before it when it comes back from its backup', () => {
    const location = tempProfile({ care: 'precious' })
    const writer = openCacheWriter(location)
    writer.ingestAlerts([anAlert({ title: 'Backed up' })], 1)
    writer.close()
    const path = cachePath(location.folder)
    expect(existsSync(backupPath(path))).toBe(true)
    const journal = Buffer.from('not of this file')
    writeFileSync(`${path}-wal`, journal)
    spoil(path)
    const again = openCacheWriter(location)
    onTestFinished(() => again.close())
    expect(again.damage()).toMatchObject({ recovered: 'backup' })
    expect(readFileSync(`${again.damage()?.kept}-wal`).equals(journal)).toBe(true)
    expect(again.alert('~1').effective?.title).toBe('Backed up')
  })
})
