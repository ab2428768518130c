import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { Request } from '../wire.ts'

/** Pauses a server asked one analyst's Forager for, by the server's clock. */
export class Pauses {
  /** Of the process that heard it. */
  #until = 0
  /** Of decisions, by id, once they wait for it on the disk. */
  readonly #written = new Map<string, number>()
  readonly #heard = new Map<string, number>()

  /** A process knows nothing of what the one before it was asked. */
  begin(): void {
    this.#until = 0
    this.#heard.clear()
  }

  /** The analyst sends this one, or all: its own wait is over, the server's pause is not. */
  sendNow(id?: string): void {
    if (id === undefined) this.#written.clear()
    else this.#written.delete(id)
  }

  /** An answer to a request with these decisions in it. */
  heard(error: ForagerError, ids: readonly string[], now: number): void {
    const wait = error.details?.['retryAfterMs']
    if (typeof wait !== 'number') return
    this.#until = Math.max(this.#until, now + wait)
    for (const id of ids) this.#heard.set(id, now + wait)
  }

  waits(id: string): void {
    const until = this.#heard.get(id)
    if (until !== undefined) this.#written.set(id, until)
    this.#heard.delete(id)
  }

  /**
   * Who does not leave the server in peace: a decision, or the whole process. Nobody is kept from looking, and a page may be
   * followed by the next. What goes along with a decision that may go, as it left together with it before, costs no request.
   */
  broken({ method, isWrite }: Request, ids: readonly string[], now: number): string | undefined {
    const waits = (id: string): boolean => (this.#written.get(id) ?? 0) > now
    if (isWrite && ids.length > 0 && ids.every(waits)) return ids[0]
    return this.#until > now && (isWrite || method === 'connect') ? method : undefined
  }
}
