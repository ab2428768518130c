import { keepOnly, openSpecimen, takeIn } from '../intake/specimens.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { TakeIn } from '../services/enrich.ts'
import type { OutboxStore } from '../store/ports.ts'
import type { Specimens } from '../sync/ports.ts'

/** The kept files of one profile: bytes by intake, facts in the outbox. */
export function openSpecimenRoom(
  where: { folder: string; keyHex: string },
  outbox: Pick<OutboxStore, 'saveSpecimen' | 'specimen'>,
): Specimens & { takeIn: TakeIn } {
  return {
    takeIn: async (path) => {
      const record = await takeIn(path, where)
      outbox.saveSpecimen(record)
      return record
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
  const waiting = pending.flatMap((one) =>
    one.kind === 'observable.add-file' ? [one.payload.specimenId] : [],
  )
  await keepOnly(new Set(waiting), where)
}
