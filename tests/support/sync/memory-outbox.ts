import { isPending } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Brought, OutboxStore } from '#main/store/ports.ts'
import type { Specimen } from '#main/domain/specimen.ts'

/** The outbox contract without a disk: for tests of rules, never of durability. */
export function memoryOutbox(initial: readonly Operation[] = []): OutboxStore & { operations: Operation[] } {
  const ids = new Map<string, string>()
  const specimens = new Map<string, Specimen>()
  const facts = new Map<string, string>()
  const self = {
    operations: [...initial],
    append: (added: readonly Operation[]) => void self.operations.push(...structuredClone([...added])),
    update: (changed: readonly Operation[]) => {
      for (const one of changed) {
        const at = self.operations.findIndex(({ id }) => id === one.id)
        if (at < 0) throw new Error(`No operation ${one.id}`)
        self.operations[at] = structuredClone(one)
      }
    },
    remove: (gone: readonly string[]) => {
      self.operations = self.operations.filter(({ id }) => !gone.includes(id))
    },
    reorder: (ids: readonly string[]) => {
      const places = ids
        .map((id) => self.operations.findIndex((one) => one.id === id))
        .toSorted((a, b) => a - b)
      const inOrder = ids.map((id) => self.operations.find((one) => one.id === id)!)
      places.forEach((place, index) => (self.operations[place] = inOrder[index]!))
    },
    insert: (added: Operation, { order, changed }: { order: readonly string[]; changed: Operation }) => {
      self.append([added])
      self.reorder(order)
      self.update([changed])
    },
    adopt: (brought: Brought) => {
      for (const [key, value] of brought.facts) facts.set(key, value)
      for (const record of brought.specimens) specimens.set(record.id, record)
      self.mapIds(brought.ids)
      self.append(brought.operations)
    },
    has: (id: string) => self.operations.some((one) => one.id === id),
    get: (id: string) => self.operations.find((one) => one.id === id),
    pending: () => self.operations.filter(isPending),
    receipts: (limit: number, before?: string) => {
      const sent = self.operations.filter((one) => !isPending(one)).reverse()
      const from = before === undefined ? 0 : sent.findIndex(({ id }) => id === before) + 1
      return sent.slice(from, from + limit)
    },
    damaged: () => [],
    mapIds: (pairs: readonly (readonly [string, string])[]) =>
      pairs.forEach(([local, server]) => void ids.set(local, server)),
    idMap: () => new Map(ids),
    saveSpecimen: (record: Specimen) => void specimens.set(record.id, record),
    specimen: (id: string) => specimens.get(id),
    specimens: () => [...specimens.values()],
    removeSpecimen: (id: string) => void specimens.delete(id),
    fact: (key: string) => facts.get(key),
    saveFact: (key: string, value: string) => void facts.set(key, value),
    factNames: (prefix: string) => [...facts.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
    removeFact: (key: string) => void facts.delete(key),
    backup: () => undefined,
    close: () => undefined,
  }
  return self
}
