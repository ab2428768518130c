import { Collection } from './collection.ts'
import type { Alert, Attachment, Case, Comment, Observable, Parent, Procedure } from './types.ts'

/** The part of the dedupe key that lies within one organisation. */
export function referenceKey(alert: { type: string; source: string; sourceRef: string }): string {
  return JSON.stringify([alert.type, alert.source, alert.sourceRef])
}

/** Two observables with the same key show the same thing. */
export function observableKey(observable: {
  dataType: string
  data?: string | undefined
  attachment?: Attachment | undefined
}): string {
  return `${observable.dataType}\n${observable.attachment?.blob.sha256 ?? observable.data ?? ''}`
}

/** What one organisation owns. */
export class Space {
  readonly organisation: string
  readonly alerts = new Collection<Alert>()
  readonly cases = new Collection<Case>()
  readonly observables = new Collection<Observable>()
  readonly comments = new Collection<Comment>()
  readonly procedures = new Collection<Procedure>()
  /** The organisation's own files, and those its people uploaded for later use. */
  readonly files: Attachment[] = []
  readonly uploads: Attachment[] = []
  readonly alertByReference = new Map<string, Alert>()
  /** Built by the first similarity question, kept up from then on. */
  #sightings: Map<string, Set<Observable>> | undefined

  constructor(organisation: string) {
    this.organisation = organisation
  }

  /** Every observable showing the same thing as `observable`, itself included. */
  sightingsOf(observable: Observable): ReadonlySet<Observable> {
    if (!this.#sightings) {
      this.#sightings = new Map()
      for (const known of this.observables.created.rows) this.#sight(known)
    }
    return this.#sightings.get(observableKey(observable)) ?? new Set()
  }

  addObservable(observable: Observable): void {
    this.observables.add(observable)
    if (this.#sightings) this.#sight(observable)
  }

  removeObservable(observable: Observable): void {
    this.observables.remove(observable)
    this.#sightings?.get(observableKey(observable))?.delete(observable)
  }

  stampParent(parent: Parent, by: string, at: number): void {
    if (parent.kind === 'alert') this.alerts.stamp(parent, by, at)
    else this.cases.stamp(parent, by, at)
  }

  #sight(observable: Observable): void {
    const key = observableKey(observable)
    const known = this.#sightings?.get(key)
    if (known) known.add(observable)
    else this.#sightings?.set(key, new Set([observable]))
  }
}
