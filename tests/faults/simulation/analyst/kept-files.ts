import { Readable } from 'node:stream'
import type { OutboxStore } from '#main/store/ports.ts'
import type { Specimens } from '#main/sync/ports.ts'
import type { TakeIn } from '#main/services/take-files.ts'
import { sha256Of } from '../hive/child-writes.ts'

/** Files that were dropped: their facts in the outbox, their bytes of no interest here. */
export function keptFiles(outbox: OutboxStore): { specimens: Specimens; takeIn: TakeIn } {
  return {
    takeIn: (path) => {
      const name = path
      const facts = { size: name.length, sha256: sha256Of(name), contentType: 'text/plain' }
      const record = { id: `specimen ${name}`, name, ...facts, iv: '', tag: '', createdAt: 0 }
      outbox.saveSpecimen(record)
      return Promise.resolve(record)
    },
    specimens: {
      upload: (id) => {
        const record = outbox.specimen(id)
        if (record === undefined) return Promise.reject(new Error(`No kept file ${id}.`))
        const { name, contentType, size } = record
        return Promise.resolve({ name, contentType, size, open: () => Readable.from(['evidence']) })
      },
    },
  }
}
