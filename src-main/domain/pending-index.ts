import type { Operation } from '#shared/model/operation.ts'
import { likenessOf } from './likeness.ts'
import type { ResolveId } from './target.ts'

/** Our own decisions that the server does not have, in order, and how their ids are to be read. */
export interface Ours {
  readonly resolveId: ResolveId
  inOrder(): Iterable<Operation>
  get(id: string): Operation | undefined
  /** Those about this alert, or this case, in order; its children's are among them. */
  about(alertId: string): Iterable<Operation>
  /** Those of one likeness with this one, itself among them, in order; none when it has to go by itself. */
  alike(operation: Operation): Iterable<Operation>
}

type Shelf = Map<string, Operation>

/** Finds by alert and by likeness without looking at the rest, so that ten thousand waiting decisions cost no more each than ten. */
export class PendingIndex implements Ours {
  readonly resolveId: ResolveId
  readonly #byId: Shelf = new Map()
  readonly #byAlert = new Map<string, Shelf>()
  readonly #byLikeness = new Map<string, Shelf>()
  #list: readonly Operation[] | undefined

  constructor(operations: Iterable<Operation>, resolveId: ResolveId = (id) => id) {
    this.resolveId = resolveId
    for (const operation of operations) this.put(operation)
  }

  all(): readonly Operation[] {
    this.#list ??= [...this.#byId.values()]
    return this.#list
  }

  inOrder(): Iterable<Operation> {
    return this.#byId.values()
  }

  get(id: string): Operation | undefined {
    return this.#byId.get(id)
  }

  about(alertId: string): Iterable<Operation> {
    return this.#byAlert.get(this.resolveId(alertId))?.values() ?? []
  }

  alike(operation: Operation): Iterable<Operation> {
    const likeness = likenessOf(operation)
    return (likeness === undefined ? undefined : this.#byLikeness.get(likeness)?.values()) ?? []
  }

  /** A known one keeps its place; a new one comes last. */
  put(operation: Operation): void {
    const before = this.#byId.get(operation.id)
    const likeness = likenessOf(operation)
    if (before !== undefined) {
      const was = likenessOf(before)
      // Its new likeness has it last: nothing depends on the order there but who goes first.
      if (was !== undefined && was !== likeness) take(this.#byLikeness, was, operation.id)
    }
    this.#list = undefined
    this.#byId.set(operation.id, operation)
    shelve(this.#byAlert, this.resolveId(operation.alertId), operation)
    if (likeness !== undefined) shelve(this.#byLikeness, likeness, operation)
  }

  drop(operation: Pick<Operation, 'id'>): void {
    const known = this.#byId.get(operation.id)
    if (known === undefined) return
    this.#list = undefined
    this.#byId.delete(known.id)
    take(this.#byAlert, this.resolveId(known.alertId), known.id)
    const likeness = likenessOf(known)
    if (likeness !== undefined) take(this.#byLikeness, likeness, known.id)
  }

  /** A stretch of the list in another order. */
  reorder(ids: readonly string[]): void {
    const moved = new Set(ids)
    const inOrder = ids.flatMap((id) => this.get(id) ?? []).values()
    const all = this.all().map((one) => (moved.has(one.id) ? (inOrder.next().value ?? one) : one))
    for (const shelves of [this.#byAlert, this.#byLikeness]) shelves.clear()
    this.#byId.clear()
    for (const operation of all) this.put(operation)
  }

  /** From now on the one id stands for the other: what was about either is about both, in the order it was decided. */
  renamed(localId: string): void {
    const [under, at] = [this.#byAlert.get(localId), this.resolveId(localId)]
    if (under === undefined || at === localId) return
    this.#byAlert.delete(localId)
    const there = this.#byAlert.get(at)
    this.#byAlert.set(at, there === undefined ? under : this.#merged(under, there))
  }

  #merged(one: Shelf, other: Shelf): Shelf {
    const both = this.all().filter(({ id }) => one.has(id) || other.has(id))
    return new Map(both.map((operation) => [operation.id, operation]))
  }
}

function shelve(shelves: Map<string, Shelf>, key: string, operation: Operation): void {
  const shelf = shelves.get(key)
  if (shelf === undefined) shelves.set(key, new Map([[operation.id, operation]]))
  else shelf.set(operation.id, operation)
}

function take(shelves: Map<string, Shelf>, key: string, id: string): void {
  const shelf = shelves.get(key)
  shelf?.delete(id)
  if (shelf?.size === 0) shelves.delete(key)
}
