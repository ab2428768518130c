import { mkdirSync } from 'node:fs'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Damage, Recovered } from './damage.ts'
import { dropRefused } from './drop-refused.ts'
import { walBytes } from './open-database.ts'
import type { Connection } from './open-database.ts'
import { bringOutbox, connectOutbox } from './outbox/connect.ts'
import { doubtWaiting } from './outbox/doubt.ts'
import {
  acceptedBytes,
  hasLostFile,
  hasLostJournal,
  journalBytes,
  journalState,
  keepCopies,
  markInUse,
  setJournalAside,
  unmark,
  unreadCommits,
} from './journal.ts'
import { carvedOf, finishRescue, isUnreadable, rescue } from './outbox/rescue.ts'
import type { Found } from './outbox/rescue.ts'
import { addCarved } from './outbox/salvage.ts'
import { createOutboxStore } from './outbox/store.ts'
import type { OutboxStore, StoreLocation } from './ports.ts'
import { backupPath, damagedPath, outboxPath, setAsideDamaged } from './profile-files.ts'
import { reserveWal } from './reserve-wal.ts'
import { isCorrupt, withStoreErrors } from './sql-errors.ts'

type Opened = { db: Connection; damage: Damage | undefined }

/**
 * Opens (or creates), checks and migrates a profile's outbox. A damaged one is kept aside and what can be read of it, or of its
 * backup, goes into a new file. When nothing in it nor its backup can be read at all, the key may be another: `corrupt`, nothing moved.
 */
export function openOutbox(location: StoreLocation, now: () => number = Date.now): OutboxStore & Recovered {
  const path = outboxPath(location.folder)
  const { db, damage } = withStoreErrors('outbox', () => {
    mkdirSync(location.folder, { recursive: true, mode: 0o700 })
    return openSound(location, now)
  })
  try {
    const bring = () => {
      bringOutbox(db, path)
      reserveWal(path, walBytes)
      return createOutboxStore(db, path)
    }
    const store = withStoreErrors('outbox', bring, () => dropRefused(db, path))
    return Object.assign(store, { damage: () => damage })
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** The same at the analyst's word that a new one may begin: where neither file nor backup can be read, both are kept aside. */
export function openOutboxAnew(
  location: StoreLocation,
  now: () => number = Date.now,
): OutboxStore & Recovered {
  try {
    return openOutbox(location, now)
  } catch (thrown) {
    if (!isUnreadable(thrown)) throw thrown
    const path = outboxPath(location.folder)
    const kept = withStoreErrors('outbox', () => setBothAside(path, now()))
    const damage = { file: 'outbox', kept, recovered: 'fresh', lost: 0 } as const
    return Object.assign(openOutbox(location, now), { damage: () => damage })
  }
}

function setBothAside(path: string, now: number): string | undefined {
  setAsideDamaged(backupPath(path), now)
  const kept = setAsideDamaged(path, now)
  unmark(path)
  return kept
}

function openSound(location: StoreLocation, now: () => number): Opened {
  const path = outboxPath(location.folder)
  finishRescue(path, damagedPath(path, now()))
  const kept = damagedPath(path, now())
  if (hasLostFile(path)) return rescued(location, now, { cause: fileIsGone(), kept })
  const journal = journalState(path)
  const isForeign = journal === 'foreign' || journal === 'replaced'
  if (isForeign) setJournalAside(path, kept)
  try {
    const db = connectSound(location, () => journal === 'ours' && keepCopies(path, kept))
    try {
      if (journal === 'unsure' && hasLostJournal(db, path))
        return withoutJournal(db, { location, kept: undefined, missing: 'many' })
      if (isForeign)
        return withoutJournal(db, { location, kept, missing: journal === 'foreign' ? 'none' : 'many' })
      const unread = journal === 'ours' ? unreadCommits(db, path) : 0
      if (unread === 0) return whole(db, path)
      keepCopies(path, kept)
      const missing = unread === 1 ? 'one at most' : 'many'
      return withoutJournal(db, { location, kept, missing, from: acceptedBytes(db) })
    } catch (thrown) {
      db.close()
      throw thrown
    }
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    return rescued(location, now, { cause: thrown, kept })
  }
}

function rescued(location: StoreLocation, now: () => number, found: Found): Opened {
  const damage = rescue(location, now, found)
  return { ...whole(connectOutbox(location, { readonly: false }), outboxPath(location.folder)), damage }
}

function whole(db: Connection, path: string): Opened {
  withStoreErrors(
    'outbox',
    () => markInUse(db, path),
    () => dropRefused(db, path),
  )
  return { db, damage: undefined }
}

type Without = {
  location: StoreLocation
  kept: string | undefined
  missing: 'none' | 'one at most' | 'many'
  /** Where the journal holds what SQLite did not read. */
  from?: number
}

/** Whatever stood in the file itself is read from there: a page of before may hold what was taken back since. */
const beginOfJournal = 1

/** The file itself is whole and older than it should be: what the journal still holds comes back with doubt, and what waits is doubted. */
function withoutJournal(db: Connection, { location, kept, missing, from = beginOfJournal }: Without): Opened {
  const path = outboxPath(location.folder)
  const carved = kept === undefined ? [] : carvedOf(path, location.keyHex, journalBytes(kept), from)
  whole(db, path)
  bringOutbox(db, path)
  db.transaction(() => {
    if (missing !== 'none') doubtWaiting(db, missing)
    addCarved(db, carved)
  })()
  return { db, damage: { file: 'outbox', kept, recovered: 'without-journal', lost: 0 } }
}

const fileIsGone = (): ForagerError =>
  new ForagerError('corrupt', 'The file of your decisions is gone, and what is left of it cannot be read.')

/** The outbox is small, so that checking all of it costs no start-up time worth naming. `found` is called before what is damaged is closed. */
function connectSound(location: StoreLocation, found: () => unknown): Connection {
  const db = connectOutbox(location, { readonly: false })
  try {
    const answer = withStoreErrors('outbox', () => String(db.pragma('quick_check(1)', { simple: true })))
    if (answer === 'ok') return db
    throw new ForagerError('corrupt', 'There is damage in the file of your decisions.', {
      details: { answer },
    })
  } catch (thrown) {
    try {
      if (isCorrupt(thrown)) found()
    } finally {
      db.close()
    }
    throw thrown
  }
}
