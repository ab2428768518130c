import { Collection } from '../state/collection.ts'
import type { Audit } from '../state/types.ts'

export type AuditEntry = Omit<Audit, 'isMain'>

/** Everything that happened, by organisation, and who listens. Nothing is ever removed. */
export class AuditBook {
  readonly #trails = new Map<string, Collection<Audit>>()
  readonly #listeners = new Set<(audit: Audit) => void>()
  #lastRequest: string | undefined

  trail(organisation: string): Collection<Audit> {
    let trail = this.#trails.get(organisation)
    if (!trail) this.#trails.set(organisation, (trail = new Collection<Audit>()))
    return trail
  }

  /** Requests are handled one after the other, so a request's audits are neighbours. */
  record(entry: AuditEntry): void {
    const audit = { ...entry, isMain: entry.requestId !== this.#lastRequest }
    this.#lastRequest = entry.requestId
    this.trail(entry.organisation).add(audit)
    for (const listener of this.#listeners) listener(audit)
  }

  /** Calls `listener` with every audit from now on, until the result is called. */
  watch(listener: (audit: Audit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
