import type { Stamps } from './types.ts'

/** Orders ids of the form `~<digits>` by number. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** Records kept in rising order of a stamp (then id), so that time ranges are found by bisection. */
export class SortedIndex<R extends Stamps> {
  readonly stampOf: (record: R) => number
  readonly #rows: R[] = []
  #sorted = true

  constructor(stampOf: (record: R) => number) {
    this.stampOf = stampOf
  }

  get rows(): readonly R[] {
    if (!this.#sorted) {
      this.#rows.sort((a, b) => this.#compare(a, b))
      this.#sorted = true
    }
    return this.#rows
  }

  /** Appends; a record older than the last one makes the next reader sort once (bulk loads rely on it). */
  add(record: R): void {
    const last = this.#rows.at(-1)
    if (last && this.#compare(last, record) > 0) this.#sorted = false
    this.#rows.push(record)
  }

  /** Must be called before the record's stamp changes. */
  remove(record: R): void {
    const rows = this.rows
    for (let at = this.lowerBound(this.stampOf(record)); at < rows.length; at++) {
      if (rows[at] === record) {
        this.#rows.splice(at, 1)
        return
      }
    }
    throw new Error(`index has lost ${record.id}`)
  }

  /** First position whose stamp is at least `stamp`. */
  lowerBound(stamp: number): number {
    const rows = this.rows
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.stampOf(rows[middle] as R) < stamp) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(a: R, b: R): number {
    return this.stampOf(a) - this.stampOf(b) || compareIds(a.id, b.id)
  }
}
