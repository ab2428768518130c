import type { Operation } from '#shared/model/operation.ts'
import { likenessOf } from './likeness.ts'
import { caseIdOf } from './target.ts'
import type { ResolveId } from './target.ts'

/** Our own decisions that the server does not have, in order, and how their ids are to be read. */
export interface Ours {
  readonly resolveId: ResolveId
  inOrder(): Iterable<Operation>
  get(id: string): Operation | undefined
  /** Those about this alert, or this case, in order; its children's are among them. */
  about(alertId: string): Iterable<Operation>
  /** Those that lead an alert into this case or out of it, in order. */
  linking(caseId: string): Iterable<Operation>
  isBefore(one: Operation, other: Operation): boolean
  /** Those of one likeness with this one, itself among them, in order; none when it has to go by itself. */
  alike(operation: Operation): Iterable<Operation>
}

type Shelf = Map<string, Operation>

/** Finds by alert, by case and by likeness without looking at the rest, so that ten thousand waiting decisions cost no more each than ten. */
export class PendingIndex implements Ours {
  readonly resolveId: ResolveId
  readonly #byId: Shelf = new Map()
  readonly #byAlert = new Map<string, Shelf>()
  readonly #byCase = new Map<string, Shelf>()
  readonly #byLikeness = new Map<string, Shelf>()
  readonly #places = new Map<string, number>()
  #nextPlace = 0
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

  linking(caseId: string): Iterable<Operation> {
    return this.#byCase.get(this.resolveId(caseId))?.values() ?? []
  }

  isBefore(one: Operation, other: Operation): boolean {
    return this.#placeOf(one) < this.#placeOf(other)
  }

  alike(operation: Operation): Iterable<Operation> {
    const likeness = likenessOf(operation)
    return (likeness === undefined ? undefined : this.#byLikeness.get(likeness)?.values()) ?? []
  }

  /** A known one keeps its place; a new one comes last. */
  put(operation: Operation): void {
    const before = this.#byId.get(operation.id)
    if (before === undefined) this.#places.set(operation.id, (this.#nextPlace += 1))
    const likeness = likenessOf(operation)
    if (before !== undefined) {
      const was = likenessOf(before)
      // Its new likeness has it last: nothing depends on the order there but who goes first.
      if (was !== undefined && was !== likeness) take(this.#byLikeness, was, operation.id)
    }
    this.#list = undefined
    this.#byId.set(operation.id, operation)
    shelve(this.#byAlert, this.resolveId(operation.alertId), operation)
    this.#shelveByCase(operation, before)
    if (likeness !== undefined) shelve(this.#byLikeness, likeness, operation)
  }

  #shelveByCase(operation: Operation, before: Operation | undefined): void {
    const [caseId, was] = [this.#caseOf(operation), before && this.#caseOf(before)]
    if (was !== undefined && was !== caseId) take(this.#byCase, was, operation.id)
    if (caseId === undefined) return
    const shelf = shelve(this.#byCase, caseId, operation)
    if (before !== undefined && was !== caseId) this.#byCase.set(caseId, this.#inOrder(shelf))
  }

  drop(operation: Pick<Operation, 'id'>): void {
    const known = this.#byId.get(operation.id)
    if (known === undefined) return
    this.#list = undefined
    this.#byId.delete(known.id)
    this.#places.delete(known.id)
    take(this.#byAlert, this.resolveId(known.alertId), known.id)
    const caseId = this.#caseOf(known)
    if (caseId !== undefined) take(this.#byCase, caseId, known.id)
    const likeness = likenessOf(known)
    if (likeness !== undefined) take(this.#byLikeness, likeness, known.id)
  }

  /** A stretch of the list in another order. */
  reorder(ids: readonly string[]): void {
    const moved = new Set(ids)
    const inOrder = ids.flatMap((id) => this.get(id) ?? []).values()
    const all = this.all().map((one) => (moved.has(one.id) ? (inOrder.next().value ?? one) : one))
    for (const shelves of [this.#byAlert, this.#byCase, this.#byLikeness]) shelves.clear()
    this.#byId.clear()
    for (const operation of all) this.put(operation)
  }

  /** From now on the one id stands for the other: what was about either is about both, in the order it was decided. */
  renamed(localId: string): void {
    const at = this.resolveId(localId)
    if (at === localId) return
    for (const shelves of [this.#byAlert, this.#byCase]) {
      const [under, there] = [shelves.get(localId), shelves.get(at)]
      if (under === undefined) continue
      shelves.delete(localId)
      shelves.set(at, there === undefined ? under : this.#inOrder([...under, ...there]))
    }
  }

  #inOrder(entries: Iterable<[string, Operation]>): Shelf {
    return new Map([...entries].toSorted(([, one], [, other]) => this.#placeOf(one) - this.#placeOf(other)))
  }

  #placeOf({ id }: Operation): number {
    return this.#places.get(id) ?? Infinity
  }

  #caseOf(operation: Operation): string | undefined {
    const caseId = caseIdOf(operation)
    return caseId === undefined ? undefined : this.resolveId(caseId)
  }
}

function shelve(shelves: Map<string, Shelf>, key: string, operation: Operation): Shelf {
  const shelf: Shelf = shelves.get(key) ?? new Map()
  shelves.set(key, shelf.set(operation.id, operation))
  return shelf
}

function take(shelves: Map<string, Shelf>, key: string, id: string): void {
  const shelf = shelves.get(key)
  shelf?.delete(id)
  if (shelf?.size === 0) shelves.delete(key)
}
