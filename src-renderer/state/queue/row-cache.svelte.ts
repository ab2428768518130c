import type { QueueRow } from '#shared/model/queue-row.ts'
import type { Api } from '../api-port.ts'

/** Rows kept in memory (about 400 bytes each): many screens' worth, far from a whole queue. */
const capacity = 4_000
const rowsPerCall = 1_000

/** Rows by key, fetched for what is visible. One request at a time; while scrolling fast only the newest wish counts. */
export class RowCache {
  #api: Api
  #rows = new Map<number, QueueRow>()
  #keys = new Map<string, number>()
  #version = $state(0)
  #wish: readonly number[] | undefined
  #loading = false
  #onProblem: (thrown: unknown) => void

  constructor(api: Api, onProblem: (thrown: unknown) => void) {
    this.#api = api
    this.#onProblem = onProblem
  }

  get(pk: number): QueueRow | undefined {
    void this.#version
    return this.#rows.get(pk)
  }

  keyOf(id: string): number | undefined {
    return this.#keys.get(id)
  }

  clear(): void {
    this.#rows.clear()
    this.#keys.clear()
    this.#version += 1
  }

  /** Sees to it that these rows are there. */
  want(pks: readonly number[]): void {
    this.#wish = pks
    if (!this.#loading) void this.#work()
  }

  /** Reads these rows anew, whether or not they are held, and answers them. */
  refresh(pks: readonly number[]): Promise<QueueRow[]> {
    return this.#read(pks, {})
  }

  /** The same right after a decision, which then shows in what is answered. */
  refreshDecided(pks: readonly number[]): Promise<QueueRow[]> {
    return this.#read(pks, { decided: true })
  }

  async #read(pks: readonly number[], how: { decided?: boolean }): Promise<QueueRow[]> {
    const found: QueueRow[] = []
    for (let at = 0; at < pks.length; at += rowsPerCall)
      found.push(...(await this.#api.call('queue.rows', { pks: pks.slice(at, at + rowsPerCall), ...how })))
    this.#keep(found)
    return found
  }

  /** The alerts' ids for these keys, reading what is not held. */
  async idsOf(pks: readonly number[]): Promise<string[]> {
    const held = new Map(pks.map((pk) => [pk, this.#rows.get(pk)?.id]))
    const missing = pks.filter((pk) => held.get(pk) === undefined)
    for (const row of await this.refresh(missing)) held.set(row.pk, row.id)
    return pks.map((pk) => held.get(pk)).filter((id) => id !== undefined)
  }

  async #work(): Promise<void> {
    this.#loading = true
    try {
      for (let wish = this.#take(); wish; wish = this.#take()) {
        for (const pk of wish) this.#touch(pk)
        const missing = wish.filter((pk) => !this.#rows.has(pk))
        if (missing.length > 0) await this.refresh(missing.slice(0, rowsPerCall))
      }
    } catch (thrown) {
      this.#onProblem(thrown)
    } finally {
      this.#loading = false
    }
  }

  #take(): readonly number[] | undefined {
    const wish = this.#wish
    this.#wish = undefined
    return wish
  }

  #touch(pk: number): void {
    const row = this.#rows.get(pk)
    if (!row) return
    this.#rows.delete(pk)
    this.#rows.set(pk, row)
  }

  #keep(rows: readonly QueueRow[]): void {
    if (rows.length === 0) return
    for (const row of rows) {
      this.#rows.delete(row.pk)
      this.#rows.set(row.pk, row)
      this.#keys.set(row.id, row.pk)
    }
    for (const [pk, row] of this.#rows) {
      if (this.#rows.size <= Math.max(capacity, rows.length)) break
      this.#rows.delete(pk)
      this.#keys.delete(row.id)
    }
    this.#version += 1
  }
}
