import { SortedIndex } from './sorted-index.ts'
import type { Stamps } from './types.ts'

/** All records of one kind in one organisation, in order of creation and in order of last change. */
export class Collection<R extends Stamps> {
  readonly created = new SortedIndex<R>((record) => record.createdAt)
  /** By `updatedAt`, or `createdAt` where nothing changed yet. */
  readonly touched = new SortedIndex<R>((record) => record.updatedAt ?? record.createdAt)

  add(record: R): R {
    this.created.add(record)
    this.touched.add(record)
    return record
  }

  remove(record: R): void {
    this.created.remove(record)
    this.touched.remove(record)
  }

  /** Stamps a change. */
  stamp(record: R, by: string, at: number): void {
    this.touched.remove(record)
    record.updatedAt = at
    record.updatedBy = by
    record.revision++
    this.touched.add(record)
  }
}
