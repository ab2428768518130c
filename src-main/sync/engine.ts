import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { needsAttention, nextMoment } from '../domain/next-operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { attributeConflicts } from './attribute-conflicts.ts'
import { backoffMs } from './backoff.ts'
import { classifyFailure } from './classify-failure.ts'
import type { Driver } from './driver.ts'
import { firstFill } from './first-fill.ts'
import { followCases } from './follow-cases.ts'
import { followChanges } from './follow-changes.ts'
import { lookAtAlert, lookAtCase } from './look-at.ts'
import type { LookContext } from './look-at.ts'
import type { OperationBook } from './operation-book.ts'
import { drain } from './outbox-runner.ts'
import type { Clock, Specimens, SyncCache, SyncEvents } from './ports.ts'
import { createReconciler } from './reconcile.ts'
import { syncStateOf } from './sync-state.ts'
import type { SyncState } from './sync-state.ts'

/** How often changes are asked for while nothing is urgent. */
const pollMs = 20_000
/** Reconnecting never waits longer than this: an analyst who comes back should not have to click. */
const longestReconnectMs = 30_000

/** An alert just looked at is not asked for again sooner than this. */
const lookAgainMs = 15_000

/** A refused key is not tried often: servers lock accounts that fail too much. "Sync now" tries at once. */
const refusedRestMs = 300_000

export type EngineParts = {
  /** Detects, authenticates, learns who we are. Throws like every server call. */
  connect: (signal: AbortSignal) => Promise<TheHiveServer>
  cache: SyncCache
  book: OperationBook
  specimens: Specimens
  clock: Clock
  events: SyncEvents
}

/** One connection's life: connect, fill or follow, drain, wait, again; until closed. The only sender of its profile. */
export class SyncEngine implements Driver {
  readonly #parts: EngineParts
  readonly #closing = new AbortController()
  #wake = new AbortController()
  #server: TheHiveServer | undefined
  #status: SyncStatus
  #failures = 0
  #workOffline = false
  #cancelFill = false
  #loop: Promise<void> = Promise.resolve()
  readonly #reconcile = createReconciler()
  readonly #looked = new Map<string, number>()

  /** `before` is where pulling stood at the last close: a fill the analyst cancelled stays cancelled. */
  constructor(parts: EngineParts, before: SyncState) {
    this.#parts = parts
    this.#cancelFill = before.cancelled
    this.#status = {
      connection: 'connecting',
      setAside: 0,
      waiting: 0,
      needAttention: 0,
      ...(before.lastSuccessAt !== undefined && { lastSuccessAt: before.lastSuccessAt }),
    }
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** What the status line shows. */
  status(): SyncStatus {
    const pending = this.#parts.book.all()
    return { ...this.#status, waiting: pending.length, needAttention: pending.filter(needsAttention).length }
  }

  /** Something happened that is worth a look: a decision, a click on "sync now". */
  wake(): void {
    this.#wake.abort()
  }

  syncNow(): void {
    this.#failures = 0
    this.wake()
  }

  workOffline(offline: boolean): void {
    this.#workOffline = offline
    this.syncNow()
  }

  cancelFill(): void {
    this.#cancelFill = true
  }

  resumeFill(): void {
    this.#cancelFill = false
    this.syncNow()
  }

  lookAt(alertId: string): Promise<void> {
    return this.#look(alertId, lookAtAlert)
  }

  lookAtCase(caseId: string): Promise<void> {
    return this.#look(caseId, lookAtCase)
  }

  ask<T>(question: (server: TheHiveServer, signal: AbortSignal) => Promise<T>): Promise<T> {
    const server = this.#workOffline ? undefined : this.#server
    if (server !== undefined) return question(server, this.#closing.signal)
    return Promise.reject(
      new ForagerError('offline', 'The server cannot be asked just now.', {
        next: 'Try again once Forager is connected.',
      }),
    )
  }

  /** Quiet when offline: the cache is what there is. */
  async #look(id: string, look: (id: string, context: LookContext) => Promise<void>): Promise<void> {
    const server = this.#workOffline ? undefined : this.#server
    const { book, cache, clock, events } = this.#parts
    const now = clock.now()
    if (server === undefined || isLocalId(id) || now - (this.#looked.get(id) ?? 0) < lookAgainMs) return
    this.#looked.set(id, now)
    try {
      await look(id, { server, cache, clock, pending: book, signal: this.#closing.signal })
    } catch (thrown) {
      const error = asForagerError(thrown)
      // Gone or hidden: the local copy stays, and the connection is as good as before.
      if (classifyFailure(error).outcome === 'refused') this.#tell({ problem: toErrorData(error) })
      else if (error.kind !== 'cancelled') this.#lost(error)
    } finally {
      events.changed([id], 0)
    }
  }

  /** Ends the loop; a request under way is abandoned and will be asked about at the next start. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.wake()
    await this.#loop
    await this.#server?.close()
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#wake = new AbortController()
      const rest = this.#workOffline ? this.#rest() : await this.#cycle()
      if (this.#closing.signal.aborted) return
      await this.#parts.clock.sleep(rest, AbortSignal.any([this.#wake.signal, this.#closing.signal]))
    }
  }

  #rest(): number {
    this.#tell({ connection: 'working-offline' })
    return pollMs
  }

  /** One round; answers how long to rest. A problem ends the round, never the loop. */
  async #cycle(): Promise<number> {
    try {
      const server = await this.#connected()
      await this.#pull(server)
      await this.#drainNow(server)
      await attributeConflicts({ server, book: this.#parts.book, signal: this.#closing.signal })
      this.#failures = 0
      await this.#succeeded()
      await this.#reconcileWith(server)
      return this.#untilNext()
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (error.kind === 'cancelled' || this.#closing.signal.aborted) return 0
      return this.#lost(error)
    }
  }

  async #connected(): Promise<TheHiveServer> {
    if (this.#server !== undefined) return this.#server
    if (this.#failures === 0) this.#tell({ connection: 'connecting' })
    const { cache, connect, events } = this.#parts
    const server = await connect(this.#closing.signal)
    const catalog = await server.catalog(this.#closing.signal)
    events.connected(server.session, catalog)
    await cache.saveSession(server.session)
    await cache.saveCatalog(catalog)
    this.#server = server
    this.#tell({ connection: 'online', problem: undefined })
    return server
  }

  async #pull(server: TheHiveServer): Promise<void> {
    const { cache, clock, book, events } = this.#parts
    const signal = this.#closing.signal
    const marks = await cache.marks()
    const context = { server, cache, signal, book, clock, now: () => clock.now() }
    const cancelled = syncStateOf(marks).cancelled && this.#cancelFill
    if ((await followCases(context)).length > 0) events.changed([], 0)
    if (marks.fill !== 'done' && !cancelled) {
      await firstFill({
        ...context,
        progress: (fill, stored) => {
          this.#tell({ fill })
          if (stored !== undefined) events.changed([], stored.ingested.arrived)
        },
        cancelled: () => this.#cancelFill || this.#workOffline,
        breathe: () => this.#drainNow(server),
      })
      events.changed([], 0)
      return
    }
    if (!cancelled) this.#tell({ fill: undefined })
    const { changed, arrived } = await followChanges(context).catch((thrown: unknown) => {
      // What came before the failure is stored, and the next time it is no news any more.
      events.changed([], 0)
      throw thrown
    })
    if (changed.size > 0 || arrived > 0) events.changed([...changed], arrived)
  }

  /** What no stamp tells of, once the copy is complete; whatever somebody waits for goes first. */
  async #reconcileWith(server: TheHiveServer): Promise<void> {
    const { cache, clock, book, events } = this.#parts
    if (this.#workOffline || (await cache.marks()).fill !== 'done') return
    const context = { server, cache, book, clock, now: () => clock.now(), signal: this.#closing.signal }
    const urgent = (): boolean => this.#wake.signal.aborted || (this.#nextMoment() ?? Infinity) <= clock.now()
    const { changed, arrived, problem } = await this.#reconcile({ ...context, urgent })
    if (changed.size > 0 || arrived > 0) events.changed([...changed], arrived)
    if (problem !== undefined) this.#tell({ problem: toErrorData(problem) })
  }

  async #drainNow(server: TheHiveServer): Promise<void> {
    if (this.#workOffline) return
    const { cache, clock, book, specimens } = this.#parts
    const ended = await drain({
      server,
      cache,
      clock,
      pending: book,
      specimens,
      signal: this.#closing.signal,
    })
    if (ended.ended === 'connection') throw ended.error
  }

  async #succeeded(): Promise<void> {
    const setAside = await this.#parts.cache.setAsideCount()
    const now = this.#parts.clock.now()
    this.#tell({
      connection: 'online',
      problem: undefined,
      nextTryAt: undefined,
      lastSuccessAt: now,
      setAside,
    })
  }

  #nextMoment(): number | undefined {
    const { book } = this.#parts
    return nextMoment(book.all(), (id) => book.resolveId(id))
  }

  #untilNext(): number {
    const moment = this.#nextMoment()
    const soon = moment === undefined ? pollMs : Math.max(50, moment - this.#parts.clock.now())
    return Math.min(pollMs, soon)
  }

  #lost(error: ForagerError): number {
    const { clock } = this.#parts
    this.#failures += 1
    const refused = error.kind === 'unauthorised' || error.kind === 'forbidden'
    const soon = Math.min(longestReconnectMs, backoffMs(this.#failures, clock.random()))
    const rest = refused ? refusedRestMs : soon
    if (error.kind !== 'rate-limited') this.#forgetServer()
    const connection = refused ? 'refused' : 'offline'
    this.#tell({ connection, problem: toErrorData(error), nextTryAt: clock.now() + rest })
    return rest
  }

  #forgetServer(): void {
    const server = this.#server
    this.#server = undefined
    // The sockets are dead or useless; closing them can only fail in ways nobody can act on.
    server?.close().catch(() => undefined)
  }

  #tell(change: { [K in keyof SyncStatus]?: SyncStatus[K] | undefined }): void {
    const merged = Object.entries({ ...this.#status, ...change }).filter(([, value]) => value !== undefined)
    this.#status = Object.fromEntries(merged) as SyncStatus
    this.#parts.events.status(this.status())
  }
}
