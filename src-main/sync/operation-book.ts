import { z } from 'zod'
import { isLocalId, isPending, untilAnalyst } from '#shared/model/operation.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import type { Alert } from '#shared/model/alert.ts'
import { comparesWithAlert, conflictsWith, mergedWith, unjudged } from '../domain/conflicts.ts'
import { PendingIndex } from '../domain/pending-index.ts'
import type { Ours } from '../domain/pending-index.ts'
import { isEqual } from '../domain/is-equal.ts'
import { stampOf } from '../domain/is-older.ts'
import { resolveIds } from '../domain/resolve-ids.ts'
import { restacked } from '../domain/restack.ts'
import type { Brought, OutboxStore } from '../store/ports.ts'
import type { PendingOperations, SyncCache, SyncEvents } from './ports.ts'

/**
 * The decisions the server does not have, in order: the outbox file with a mirror in memory. Every change is durable before
 * the mirror shows it; the cache is folded anew after that.
 */
export class OperationBook implements PendingOperations {
  readonly #outbox: OutboxStore
  readonly #cache: Pick<SyncCache, 'setPending' | 'restorePending'>
  readonly #events: Pick<SyncEvents, 'changed' | 'outboxChanged'>
  readonly #index: PendingIndex
  readonly #ids: Map<string, string>
  readonly #claimed: Set<string>
  readonly #owed = new Map<string, Operation>()
  /** Folds under way, by what they are about. */
  readonly #folding = new Map<string, Promise<void>>()

  constructor(
    outbox: OutboxStore,
    cache: Pick<SyncCache, 'setPending' | 'restorePending'>,
    events: Pick<SyncEvents, 'changed' | 'outboxChanged'>,
  ) {
    this.#outbox = outbox
    this.#cache = cache
    this.#events = events
    outbox.update(inDoubt(outbox.pending()))
    this.#ids = outbox.idMap()
    this.#index = new PendingIndex(outbox.pending(), this.#resolveId)
    this.#claimed = new Set(outbox.receipts(1_000).flatMap(({ receipt }) => receipt?.serverId ?? []))
    for (const id of claimedElsewhere(outbox)) this.#claimed.add(id)
  }

  all(): readonly Operation[] {
    return this.#index.all()
  }

  ours(): Ours {
    return this.#index
  }

  get(id: string): Operation | undefined {
    return this.#index.get(id)
  }

  decided(id: string): Operation | undefined {
    return this.get(id) ?? this.#outbox.get(id)
  }

  /** Waiting, sent, or damaged: its id is taken. */
  isKnown(id: string): boolean {
    return this.#outbox.has(id)
  }

  resolved(operation: Operation): Operation {
    return resolveIds(operation, this.#ids)
  }

  resolveId(id: string): string {
    return this.#ids.get(id) ?? id
  }

  claimedIds(): ReadonlySet<string> {
    return this.#claimed
  }

  owed(): readonly Operation[] {
    return [...this.#owed.values()]
  }

  owe(operation: Operation): void {
    this.#owed.set(operation.id, operation)
  }

  paid(operation: Operation): void {
    this.#owed.delete(operation.id)
  }

  /** Durable when it returns; the fold follows. */
  append(operations: readonly Operation[]): Promise<void> {
    this.#outbox.append(operations)
    for (const operation of operations) this.#index.put(operation)
    return this.#told(operations)
  }

  /** Nothing is on its way any more: what is said to be is asked about before it is sent again. */
  doubtSending(): void {
    this.saveAll(inDoubt(this.all()))
  }

  /** Decisions from elsewhere, behind what is there, with what they need to be understood: in one write. */
  adopt({ claimed, ...brought }: Omit<Brought, 'facts'> & { claimed: readonly string[] }): Promise<void> {
    const elsewhere = JSON.stringify([...new Set([...claimedElsewhere(this.#outbox), ...claimed])])
    this.#outbox.adopt({ ...brought, facts: [[claimedFact, elsewhere]] })
    for (const id of claimed) this.#claimed.add(id)
    for (const [localId, serverId] of brought.ids) this.#named(localId, serverId)
    for (const operation of brought.operations) this.#index.put(operation)
    return this.#told(brought.operations)
  }

  save(operation: Operation): void {
    this.saveAll([operation])
  }

  /** All of them in one write. */
  saveAll(operations: readonly Operation[]): void {
    if (operations.length === 0) return
    this.#outbox.update(operations)
    for (const operation of operations) {
      if (operation.receipt?.serverId !== undefined) this.#claimed.add(operation.receipt.serverId)
      if (isPending(operation)) this.#index.put(operation)
      else this.#index.drop(operation)
    }
    this.#events.outboxChanged()
  }

  /** A stretch of the plan in another order; durable when it returns. */
  reorder(ids: readonly string[]): void {
    this.#outbox.reorder(ids)
    this.#index.reorder(ids)
    this.#events.outboxChanged()
  }

  /** Where it wants something else by now, that shows as soon as the cache has folded it. */
  replace(before: Operation, after: Operation): void {
    const behind = restacked({ before, after }, this.#behind(before), this.#resolveId)
    this.saveAll([after, ...behind])
    // A fold that fails leaves what is shown as it was; whoever writes next is told.
    if (after.payload !== before.payload || behind.length > 0)
      void this.refold(after.alertId).catch(() => undefined)
  }

  /** `added` goes right before `changed` in the plan, which is changed in the same write. */
  insertBefore(added: Operation, changed: Operation): Promise<void> {
    const all = this.all().map(({ id }) => id)
    const order = [added.id, ...all.slice(all.indexOf(changed.id))]
    this.#outbox.insert(added, { order, changed })
    for (const operation of [added, changed]) this.#index.put(operation)
    this.#index.reorder(order)
    return this.#told([added])
  }

  remove(operations: readonly Operation[]): Promise<void> {
    for (const operation of operations) {
      // It may stand on other ground since one before it was taken out.
      const replaced = { before: this.get(operation.id) ?? operation, after: undefined }
      this.saveAll(restacked(replaced, this.#behind(operation), this.#resolveId))
    }
    this.#outbox.remove([...new Set(operations.map(({ id }) => id))])
    for (const operation of operations) this.#index.drop(operation)
    return this.#told(operations)
  }

  /** Decided later about the same alert or case. */
  #behind(operation: Operation): Operation[] {
    const about = [...this.#index.about(operation.alertId)]
    return about.slice(about.findIndex(({ id }) => id === operation.id) + 1)
  }

  /**
   * New server states came in: decisions they contradict wait for the analyst, those that wait already show the new values, and
   * texts that go together are merged. Nothing is overwritten unseen.
   */
  noteServerState(alerts: readonly Alert[]): void {
    for (const theirs of alerts) {
      for (const { id } of [...this.#index.about(theirs.id)]) {
        const operation = this.get(id)
        if (operation === undefined || !comparesWithAlert(operation) || !isCompared(operation)) continue
        if (isFromBefore(theirs, operation)) continue
        const after = this.#compared(operation, theirs)
        if (after !== operation) this.replace(operation, after)
      }
    }
  }

  #compared(operation: Operation, theirs: Alert): Operation {
    const merged = mergedWith(operation, theirs, this.#index) ?? operation
    const found = conflictsWith(this.resolved(operation), theirs, this.#index)
    const conflicts = [...unjudged(operation, this.#index), ...found]
    if (conflicts.length > 0)
      return isSameConflict(operation, conflicts) ? merged : { ...merged, state: 'conflict', conflicts }
    if (operation.state !== 'conflict') return merged
    const { conflicts: _settled, ...rest } = merged
    return { ...rest, state: stateAtRest(rest) } as Operation
  }

  mapId(localId: string, serverId: string): void {
    this.mapIds([[localId, serverId]])
  }

  mapIds(pairs: readonly (readonly [localId: string, serverId: string])[]): void {
    const fresh = pairs.filter(([localId, id]) => isLocalId(localId) && this.#ids.get(localId) !== id)
    if (fresh.length === 0) return
    this.#outbox.mapIds(fresh)
    for (const [localId, serverId] of fresh) this.#named(localId, serverId)
  }

  #named(localId: string, serverId: string): void {
    this.#ids.set(localId, serverId)
    this.#index.renamed(localId)
  }

  refold(...alertIds: readonly string[]): Promise<void> {
    return this.#fold([...new Set(alertIds.map(this.#resolveId))])
  }

  /** Once what was decided about this alert or case so far shows: whoever decides and then looks sees the decision. */
  async folded(id: string): Promise<void> {
    // A fold that fails has been reported by whoever asked for it; the reader then shows what there is.
    await this.#folding.get(this.resolveId(id))?.catch(() => undefined)
  }

  /** The same for all that was decided so far. */
  async allFolded(): Promise<void> {
    await Promise.allSettled(this.#folding.values())
  }

  /** At start, before anything is pulled: whatever the cache held, it now shows what the outbox says. */
  restoreFold(): Promise<void> {
    return this.#cache.restorePending(this.#views(new Set(this.all().map(this.#alertOf))))
  }

  readonly #resolveId = (id: string): string => this.resolveId(id)
  readonly #alertOf = (operation: Operation): string => this.resolveId(operation.alertId)

  /** What screens must see on top of the base: everything unsent, and what was sent but not read back yet. */
  #views(alertIds: Iterable<string>) {
    const owed = Map.groupBy(this.#owed.values(), this.#alertOf)
    return [...alertIds].map((alertId) => {
      const shown = [...(owed.get(alertId) ?? []), ...this.#index.about(alertId)]
      return { alertId, operations: shown.map((one) => this.resolved(one)) }
    })
  }

  async #told(operations: readonly Operation[]): Promise<void> {
    this.#events.outboxChanged()
    await this.#fold([...new Set(operations.map(this.#alertOf))])
  }

  async #fold(alertIds: readonly string[]): Promise<void> {
    if (alertIds.length === 0) return
    const folding = this.#cache.setPending(this.#views(alertIds))
    for (const id of alertIds) this.#folding.set(id, folding)
    try {
      await folding
    } finally {
      for (const id of alertIds) if (this.#folding.get(id) === folding) this.#folding.delete(id)
    }
    this.#events.changed(alertIds, 0)
  }
}

/** What is on hold stays so, also where it was only asked about. */
const stateAtRest = ({ notBefore }: Pick<Operation, 'notBefore'>): 'held' | 'ready' =>
  notBefore === untilAnalyst ? 'held' : 'ready'

/** Found in `sending` while nobody sends: the first byte may have left, and no answer came. */
const inDoubt = (operations: readonly Operation[]): Operation[] =>
  operations
    .filter(({ state }) => state === 'sending')
    .map((operation) => ({ ...operation, state: stateAtRest(operation), mustVerify: true }))

/** Under this name the outbox keeps which server ids decisions were acknowledged with on the machines that others came from. */
const claimedFact = 'claimed-elsewhere'

/** What cannot be read (a newer Forager wrote it) keeps nothing from being opened. */
function claimedElsewhere(outbox: Pick<OutboxStore, 'fact'>): string[] {
  const known = z.array(z.string()).safeParse(JSON.parse(outbox.fact(claimedFact) ?? '[]'))
  return known.success ? known.data : []
}

/** What may have taken hold is asked about before it is compared. */
const isCompared = ({ state, mustVerify }: Operation): boolean =>
  state === 'conflict' || (!mustVerify && ['held', 'ready', 'retry-at'].includes(state))

/**
 * A late list does not tell that they put back what was newer. The copy keeps such states out by the time that passed since, which a
 * clock that is set makes longer.
 */
const isFromBefore = (theirs: Alert, { state, conflicts = [] }: Operation): boolean =>
  state === 'conflict' && conflicts.some(({ theirsAt = 0 }) => stampOf(theirs) < theirsAt)

/** Who changed it may be known better by now than from the alert's own stamp. */
function isSameConflict({ state, conflicts = [] }: Operation, now: readonly FieldConflict[]): boolean {
  const seen = (all: readonly FieldConflict[]) => all.map(({ field, theirs }) => [field, theirs])
  return state === 'conflict' && isEqual(seen(conflicts), seen(now))
}
