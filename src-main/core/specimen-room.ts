import type { Readable } from 'node:stream'
import { isKept, keepOnly, openSpecimen, removeSpecimen, takeIn, takeInBytes } from '../intake/specimens.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { specimenIdsOf } from '../domain/specimen.ts'
import type { CarriedFiles } from '../services/carry.ts'
import type { TakeIn } from '../services/take-files.ts'
import type { OutboxStore } from '../store/ports.ts'
import type { Specimens } from '../sync/ports.ts'

/** The kept files of one profile: bytes by intake, facts in the outbox. */
export function openSpecimenRoom(
  where: { folder: string; keyHex: string },
  outbox: Pick<OutboxStore, 'saveSpecimen' | 'specimen' | 'specimens'>,
): Specimens & { takeIn: TakeIn; openKept: (sha256: string) => Readable | undefined; carried: CarriedFiles } {
  return {
    takeIn: async (path) => {
      const record = await takeIn(path, where)
      outbox.saveSpecimen(record)
      return record
    },
    openKept: (sha256) => {
      const record = outbox.specimens().find((one) => one.sha256 === sha256)
      return record !== undefined && isKept(record.id, where) ? openSpecimen(record, where) : undefined
    },
    carried: {
      specimen: (id) => outbox.specimen(id),
      open: (record) => openSpecimen(record, where),
      takeIn: (path, bytes) => takeInBytes({ path, bytes }, where),
      discard: async (ids) => {
        for (const id of ids) await removeSpecimen(id, where)
      },
    },
    upload: (id) => {
      const record = outbox.specimen(id)
      if (record === undefined)
        return Promise.reject(
          new ForagerError('unreadable-file', 'The kept copy of this file is missing from the outbox.', {
            next: 'Drop the file again, then drop this line.',
          }),
        )
      const { name, contentType, size } = record
      return Promise.resolve({ name, contentType, size, open: () => openSpecimen(record, where) })
    },
  }
}

/** At opening, in a profile whose server holds what was sent: only files that still wait are kept. */
export async function sweepSpecimens(
  where: { folder: string; keyHex: string },
  pending: readonly Operation[],
): Promise<void> {
  await keepOnly(new Set(pending.flatMap(specimenIdsOf)), where)
}
