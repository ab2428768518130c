import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox, openOutboxAnew } from '#main/store/outbox-store.ts'
import type { StoreLocation } from '#main/store/ports.ts'
import { backupPath, cachePath, outboxPath, siblingPath } from '#main/store/profile-files.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { breakPages, pagesOf } from '#tests/support/store/break-file.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { tempProfile } from '#tests/support/store/temp-profile.ts'

const at = () => Date.UTC(2026, 0, 2, 3, 4, 5)
const note = (n: number): Operation =>
  anOperation(
    'comment.add',
    { localId: `local:${n}`, message: 'x'.repeat(700) },
    { id: `op-${n}`, createdAt: n },
  )

/** Many decisions, a backup after `backedUp` of them, then a clean close. */
function usedOutbox(count: number, backedUp = 0): StoreLocation {
  const location = tempProfile()
  const outbox = openOutbox(location)
  for (let n = 0; n < count; n++) {
    if (n === backedUp && n > 0) outbox.backup()
    outbox.append([note(n)])
  }
  outbox.mapIds([['local:a', '~1']])
  outbox.close()
  return location
}

const breakAll = (path: string): void =>
  breakPages(path, ...Array.from({ length: pagesOf(path) }, (_, n) => n))

describe('a damaged outbox', () => {
  it('gives every row that can be read, and says how many cannot', () => {
    const location = usedOutbox(200)
    const path = outboxPath(location.folder)
    const original = pagesOf(path)
    breakPages(path, Math.floor(original / 2))
    const outbox = openOutbox(location, at)
    const damage = outbox.damage()
    expect(damage).toMatchObject({ file: 'outbox', recovered: 'salvaged' })
    expect(outbox.pending().length + (damage?.lost ?? 0)).toBe(200)
    expect(outbox.pending().length).toBeGreaterThan(150)
    expect(outbox.idMap().get('local:a')).toBe('~1')
    expect(pagesOf(damage?.kept ?? '')).toBe(original)
    outbox.append([note(999)])
    outbox.close()
    const again = openOutbox(location, at)
    expect(again.damage()).toBeUndefined()
    expect(again.pending().at(-1)?.id).toBe('op-999')
    again.close()
  })

  it('takes unreadable rows from the backup, as decisions whose fate only the analyst knows', () => {
    const location = usedOutbox(200, 199)
    const path = outboxPath(location.folder)
    breakPages(path, Math.floor(pagesOf(path) / 2))
    const outbox = openOutbox(location, at)
    const doubtful = outbox.pending().filter(({ state }) => state === 'cannot-tell')
    expect(outbox.pending()).toHaveLength(200)
    expect(doubtful.length).toBeGreaterThan(0)
    expect(doubtful.every(({ mustVerify, lastError }) => mustVerify && lastError?.kind === 'corrupt')).toBe(
      true,
    )
    expect(outbox.damaged()).toEqual([])
    outbox.close()
  })

  it.each([
    ['its first page is', 0],
    ['the page that leads to its decisions is', 1],
  ])('gives the rows of all other pages when %s unreadable, with doubt', (_, page) => {
    const location = usedOutbox(60)
    breakPages(outboxPath(location.folder), page)
    const outbox = openOutbox(location, at)
    expect(outbox.damage()).toMatchObject({ recovered: 'salvaged' })
    expect(outbox.pending().map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, n) => `op-${n}`))
    expect(outbox.pending().every(({ state, mustVerify }) => state === 'cannot-tell' && mustVerify)).toBe(
      true,
    )
    expect(outbox.idMap().get('local:a')).toBe('~1')
    outbox.close()
  })

  it.each([
    ['nothing in it can be read', breakAll],
    ['it is empty', (path: string) => writeFileSync(path, '')],
    ['it is gone', (path: string) => rmSync(path)],
  ])('comes back from its backup when %s', (_, spoil) => {
    const location = usedOutbox(20, 15)
    spoil(outboxPath(location.folder))
    const outbox = openOutbox(location, at)
    expect(outbox.damage()).toMatchObject({ recovered: 'backup' })
    expect(outbox.pending()).toHaveLength(15)
    expect(outbox.pending().every(({ state }) => state === 'cannot-tell')).toBe(true)
    outbox.close()
  })

  it('is not touched when neither it nor a backup can be read: the key may be another', () => {
    const location = usedOutbox(20, 10)
    const before = readFileSync(outboxPath(location.folder))
    const otherKey = { ...location, keyHex: 'ee'.repeat(32) }
    expect(() => openOutbox(otherKey, at)).toThrow(expect.objectContaining({ kind: 'corrupt' }))
    expect(readFileSync(outboxPath(location.folder)).equals(before)).toBe(true)
    const outbox = openOutbox(location, at)
    expect(outbox.pending()).toHaveLength(20)
    outbox.close()
  })

  it('is followed by an empty one at the analyst’s word, and is still there with its backup afterwards', () => {
    const location = usedOutbox(3, 2)
    const path = outboxPath(location.folder)
    breakAll(path)
    breakAll(backupPath(path))
    const found = [path, backupPath(path)].map((file) => readFileSync(file))
    expect(() => openOutbox(location, at)).toThrow(
      expect.objectContaining({ kind: 'corrupt', details: { unreadable: 'outbox' } }),
    )
    const outbox = openOutboxAnew(location, at)
    expect(outbox.pending()).toEqual([])
    expect(outbox.damage()).toMatchObject({ file: 'outbox', recovered: 'fresh', lost: 0 })
    const kept = readdirSync(location.folder).filter((name) => /\.damaged-.*sqlite$/.test(name))
    const bytes = kept.map((name) => readFileSync(join(location.folder, name)))
    expect(found.every((one) => bytes.some((other) => other.equals(one)))).toBe(true)
    outbox.append([note(1)])
    outbox.close()
    const again = openOutboxAnew(location, at)
    expect(again.damage()).toBeUndefined()
    expect(again.pending()).toHaveLength(1)
    again.close()
  })

  it('of which something can be read is not begun anew at anybody’s word', () => {
    const location = usedOutbox(20)
    breakPages(outboxPath(location.folder), 0)
    const outbox = openOutboxAnew(location, at)
    expect(outbox.damage()).toMatchObject({ recovered: 'salvaged' })
    expect(outbox.pending().length).toBeGreaterThan(0)
    outbox.close()
  })

  it('is found again when Forager stopped between setting it aside and taking the rescued one', () => {
    const location = usedOutbox(5)
    const path = outboxPath(location.folder)
    renameSync(path, siblingPath(path, 'rescued'))
    const outbox = openOutbox(location, at)
    expect(outbox.pending()).toHaveLength(5)
    outbox.close()
  })
})

describe('the backup of an outbox', () => {
  it('is complete, encrypted and replaces the one before', () => {
    const location = usedOutbox(3)
    const outbox = openOutbox(location)
    outbox.backup()
    outbox.append([note(10)])
    outbox.backup()
    outbox.close()
    const path = outboxPath(location.folder)
    expect(readFileSync(backupPath(path), 'latin1')).not.toContain('SQLite format 3')
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    renameSync(backupPath(path), path)
    const restored = openOutbox(location)
    expect(restored.pending()).toHaveLength(4)
    restored.close()
  })
})

describe('a damaged cache', () => {
  function usedCache(care: StoreLocation['care']): StoreLocation {
    const location = tempProfile({ care })
    const writer = openCacheWriter(location)
    writer.ingestAlerts([anAlert()], 1)
    writer.close()
    return location
  }

  it.each([
    [
      'is no database',
      (path: string) => writeFileSync(path, 'not a database, but long enough to look at'.repeat(200)),
    ],
    ['has lost its first page', (path: string) => breakPages(path, 0)],
    ['is cut short', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 3_000))],
  ])('that %s is set aside and started anew when a server can refill it', (_, spoil) => {
    const location = usedCache('disposable')
    spoil(cachePath(location.folder))
    const writer = openCacheWriter(location, at)
    expect(writer.damage()).toMatchObject({ file: 'cache', recovered: 'fresh' })
    expect(writer.marks().fill).toBe('none')
    writer.ingestAlerts([anAlert()], 1)
    writer.close()
    expect(readdirSync(location.folder)).toContain('cache.damaged-2026-01-02T03-04-05-000Z.sqlite')
  })

  it('keeps each damaged file, also two of the same moment', () => {
    const location = usedCache('disposable')
    for (let n = 0; n < 2; n++) {
      breakPages(cachePath(location.folder), 0)
      openCacheWriter(location, at).close()
    }
    const kept = readdirSync(location.folder).filter((name) => /^cache\.damaged-.*\.sqlite$/.test(name))
    expect(kept).toHaveLength(2)
  })

  it('comes back from its backup when it is precious', () => {
    const location = usedCache('precious')
    breakPages(cachePath(location.folder), 0)
    const writer = openCacheWriter(location, at)
    expect(writer.damage()).toMatchObject({ file: 'cache', recovered: 'backup' })
    expect(writer.alert('~1').effective).toEqual(anAlert())
    writer.close()
  })

  it.each([
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['is gone', (path: string) => rmSync(path)],
  ])('that is precious and %s is no new workspace', (_, spoil) => {
    const location = usedCache('precious')
    spoil(cachePath(location.folder))
    const writer = openCacheWriter(location, at)
    expect(writer.damage()).toMatchObject({ recovered: 'backup' })
    expect(writer.alert('~1').effective).toEqual(anAlert())
    writer.close()
  })

  it.each([
    ['disposable', 'fresh'],
    ['precious', 'without-journal'],
  ] as const)(
    'that finds a journal of another time does not lay it over newer pages (%s)',
    (care, recovered) => {
      const location = tempProfile({ care })
      const path = cachePath(location.folder)
      const first = openCacheWriter(location)
      first.ingestAlerts([anAlert({ title: 'Old' })], 1)
      const old = readFileSync(`${path}-wal`)
      first.ingestAlerts([anAlert({ title: 'New', updatedAt: 3_600_000 })], 3_600_000)
      first.close()
      writeFileSync(`${path}-wal`, old)
      const writer = openCacheWriter(location, at)
      expect(writer.damage()).toMatchObject({ recovered })
      expect(writer.alert('~1').effective?.title).toBe(care === 'precious' ? 'New' : undefined)
      writer.close()
    },
  )

  it('that is precious and has no backup is refused and left as it is', () => {
    const location = usedCache('precious')
    const path = cachePath(location.folder)
    rmSync(backupPath(path))
    breakPages(path, 0)
    const before = readFileSync(path)
    expect(() => openCacheWriter(location, at)).toThrow(expect.objectContaining({ kind: 'corrupt' }))
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(join(location.folder)).some((name) => name.includes('damaged'))).toBe(false)
  })

  it('is said to be corrupt when the damage shows only while it is used', () => {
    const location = tempProfile()
    const full = openCacheWriter(location)
    const alerts = fillCache(full, 500)
    full.close()
    const path = cachePath(location.folder)
    const total = pagesOf(path)
    breakPages(path, ...Array.from({ length: Math.floor(total / 2) }, (_, n) => total - 1 - n))
    const writer = openCacheWriter(location)
    const use = () =>
      writer.ingestAlerts(
        alerts.map((alert) => ({ ...alert, title: 'Changed' })),
        2,
      )
    expect(use).toThrow(expect.objectContaining({ kind: 'corrupt', details: expect.any(Object) as object }))
    writer.close()
    const again = openCacheWriter(location)
    expect(again.damage()).toMatchObject({ file: 'cache', recovered: 'fresh' })
    expect(pagesOf(again.damage()?.kept ?? '')).toBe(total)
    again.close()
    const later = openCacheWriter(location)
    expect(later.damage()).toBeUndefined()
    later.close()
  })
})
