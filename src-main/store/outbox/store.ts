import { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { copyDatabase } from '../copy-database.ts'
import type { Connection } from '../open-database.ts'
import type { Brought, OutboxStore } from '../ports.ts'
import { isPending } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { specimenIdsOf } from '../../domain/specimen.ts'
import type { Specimen } from '../../domain/specimen.ts'
import { guarded } from '../sql-errors.ts'
import { backupPath } from '../profile-files.ts'
import { dropRefused } from '../drop-refused.ts'
import { closeJournal } from '../journal.ts'
import { createOperationTable } from './operation-table.ts'
import { createSealedTable } from './sealed-table.ts'

const specimenSchema: z.ZodType<Specimen> = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  contentType: z.string(),
  iv: z.string(),
  tag: z.string(),
  createdAt: z.number(),
  taken: z.boolean().optional(),
  letGo: z.boolean().optional(),
})

/** The outbox at `path` on an open and migrated connection. Each method is one transaction, on the disk when it returns. */
export function createOutboxStore(db: Connection, path: string): OutboxStore {
  const operations = createOperationTable(db)
  const ids = createSealedTable(db, 'id_map', z.string())
  const specimens = createSealedTable(db, 'specimen', specimenSchema)
  const facts = createSealedTable(db, 'fact', z.string())
  const each = <T>(step: (item: T) => void) =>
    db.transaction((items: readonly T[]) => items.forEach((item) => step(item))).immediate

  const mapId = ([localId, serverId]: readonly [string, string]): void => {
    const known = ids.get(localId)
    if (known === serverId) return
    if (known !== undefined)
      throw new ForagerError('bug', 'A local id cannot stand for two entities.', { details: { localId } })
    ids.set(localId, serverId)
  }

  const letGoOfFiles = (operation: Operation): void => {
    for (const id of specimenIdsOf(operation)) {
      const record = specimens.get(id)
      if (record !== undefined) specimens.set(id, { ...record, letGo: true })
    }
  }

  const store: OutboxStore = {
    append: each(operations.append),
    update: each((operation) => {
      operations.update(operation)
      if (!isPending(operation)) letGoOfFiles(operation)
    }),
    remove: each((id) => {
      const operation = operations.get(id)
      if (operation !== undefined) letGoOfFiles(operation)
      operations.remove(id)
    }),
    reorder: db.transaction((ids: readonly string[]) => operations.reorder(ids)).immediate,
    insert: db.transaction((added: Operation, plan: { order: readonly string[]; changed: Operation }) => {
      operations.append(added)
      operations.reorder(plan.order)
      operations.update(plan.changed)
    }).immediate,
    adopt: db.transaction((brought: Brought) => {
      for (const [key, value] of brought.facts) facts.set(key, value)
      for (const record of brought.specimens) specimens.set(record.id, record)
      brought.ids.forEach(mapId)
      brought.operations.forEach(operations.append)
    }).immediate,
    has: operations.has,
    get: operations.get,
    pending: operations.pending,
    receipts: operations.receipts,
    damaged: () => [...operations.damaged(), ...ids.damaged(), ...specimens.damaged(), ...facts.damaged()],
    mapIds: each(mapId),
    idMap: () => new Map(ids.entries()),
    saveSpecimen: (record) => specimens.set(record.id, record),
    specimen: specimens.get,
    specimens: () => specimens.entries().map(([, record]) => record),
    removeSpecimen: specimens.remove,
    fact: facts.get,
    saveFact: facts.set,
    factNames: facts.names,
    removeFact: facts.remove,
    backup: () => copyDatabase(db, backupPath(path)),
    close() {
      try {
        if (db.open) closeJournal(db, path)
      } finally {
        db.close()
      }
    },
  }
  return guarded('outbox', store, () => dropRefused(db, path))
}
