import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreLocation } from '#main/store/ports.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '../make.ts'
import { openedOutbox, tempProfile } from './temp-profile.ts'

export const note = (id: string, over: Partial<Operation> = {}) =>
  anOperation('comment.add', { localId: `local:${id}`, message: `seen ${id}` }, { id, ...over })

export const journalOf = ({ folder }: StoreLocation): string => `${outboxPath(folder)}-wal`

/** A folder as it is at this moment, as a crash leaves it. */
export function copyOf({ folder, ...location }: StoreLocation): StoreLocation {
  const left = tempProfile(location)
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(left.folder, file))
  return left
}

/** A profile as a crash leaves it, after these batches, one transaction each. */
export function crashed(...batches: Operation[][]): StoreLocation {
  const { outbox, location } = openedOutbox()
  for (const batch of batches) outbox.append(batch)
  return copyOf(location)
}

/** Opens it: what was told, and what waits. */
export function reopened(location: StoreLocation) {
  const { outbox } = openedOutbox(location)
  const rows = outbox.pending().map(({ id, state, mustVerify }) => ({ id, state, mustVerify }))
  return { damage: outbox.damage(), rows }
}

export const doubtful = (id: string) => ({ id, state: 'cannot-tell', mustVerify: true })
