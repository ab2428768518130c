import type { Readable } from 'node:stream'
import { isKept, openSpecimen, removeSpecimen, sweep, takeIn, takeInBytes } from '../intake/specimens.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { specimenIdsOf, straysAmong } from '../domain/specimen.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { CarriedFiles } from '../services/carry.ts'
import type { StrayFiles } from '../services/stray-files.ts'
import type { TakeIn } from '../services/take-files.ts'
import type { OutboxStore } from '../store/ports.ts'
import type { TakenFiles } from '../sync/pack-files.ts'
import type { Specimens } from '../sync/ports.ts'

type SpecimenRoom = Specimens & {
  takeIn: TakeIn
  openKept: (sha256: string) => Readable | undefined
  carried: CarriedFiles
  taken: TakenFiles
  /** As it is now: a file that is taken in later is none. */
  strays: (pending: readonly Operation[]) => StrayFiles
}

/** The kept files of one profile: bytes by intake, facts in the outbox. */
export function openSpecimenRoom(
  where: { folder: string; keyHex: string },
  outbox: Pick<OutboxStore, 'saveSpecimen' | 'specimen' | 'specimens' | 'removeSpecimen'>,
): SpecimenRoom {
  const keep = async (record: Specimen): Promise<Specimen> => {
    try {
      outbox.saveSpecimen(record)
      return record
    } catch (thrown) {
      // What has no record is never swept.
      await removeSpecimen(record.id, where).catch(() => undefined)
      throw thrown
    }
  }
  const remove = async (id: string): Promise<void> => {
    await removeSpecimen(id, where)
    outbox.removeSpecimen(id)
  }
  const present = () => outbox.specimens().filter(({ id }) => isKept(id, where))
  return {
    takeIn: async (path) => keep(await takeIn(path, where)),
    openKept: (sha256) => {
      const record = present().find((one) => one.sha256 === sha256)
      return record && openSpecimen(record, where)
    },
    taken: {
      kept: () => new Set(present().map(({ sha256 }) => sha256)),
      keep: async (file, bytes) => {
        const record = await takeInBytes({ path: file.name, bytes }, where).catch(toldAsTaking(file.name))
        if (record.sha256 === file.sha256) return void (await keep({ ...record, taken: true }))
        await removeSpecimen(record.id, where)
        throw new ForagerError('unexpected-shape', `The server sent something else for ${file.name}.`, {
          did: 'It was not kept.',
        })
      },
      forget: async () => {
        for (const { id, taken } of outbox.specimens()) {
          if (taken === true) await remove(id)
        }
      },
    },
    strays: (pending) => {
      const ids = new Set(straysAmong(outbox.specimens(), pending).map(({ id }) => id))
      return { list: () => present().filter(({ id }) => ids.has(id)), discard: remove }
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

/**
 * At opening, in a profile whose server holds what was sent: files of decisions that were sent or taken back go. Where damage took a
 * decision, or the record of a file, the file stays.
 */
export async function sweepSpecimens(
  where: { folder: string; keyHex: string },
  pending: readonly Operation[],
  outbox: Pick<OutboxStore, 'specimens'>,
): Promise<void> {
  const waiting = new Set(pending.flatMap(specimenIdsOf))
  const gone = outbox.specimens().filter(({ id, letGo }) => letGo === true && !waiting.has(id))
  await sweep(new Set(gone.map(({ id }) => id)), where)
}

/** What is taken in by hand is told in other words. */
function toldAsTaking(name: string) {
  return (thrown: unknown): never => {
    if (!(thrown instanceof ForagerError) || thrown.kind !== 'disk-full') throw thrown
    throw new ForagerError('disk-full', `The disk is full: ${name} could not be taken along.`, {
      did: 'What is here already stays.',
      next: 'Free some space; it goes on by itself.',
      cause: thrown,
    })
  }
}
