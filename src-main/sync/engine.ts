import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Attention } from '#shared/model/attention.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { nextMoment } from '../domain/next-operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { attributeConflicts } from './attribute-conflicts.ts'
import { carriedBack, latestSeen } from './clock-steps.ts'
import type { Driver } from './driver.ts'
import { createListening } from './listening.ts'
import { createLooking } from './looking.ts'
import type { OperationBook } from './operation-book.ts'
import { drain } from './outbox-runner.ts'
import { lookAgainMs } from './pace.ts'
import type { PaceSettings, Presence } from './pace.ts'
import type { Clock, Specimens, SyncCache, SyncEvents } from './ports.ts'
import { pullRound } from './pull-round.ts'
import { createReconciler } from './reconcile.ts'
import { Schedule } from './schedule.ts'
import { createStatusBoard } from './status-board.ts'
import type { StatusBoard } from './status-board.ts'
import type { SyncState } from './sync-state.ts'
import { createViewFirst } from './watched.ts'

export type EngineParts = {
  /** Detects, authenticates, learns who we are. Throws like every server call. */
  connect: (signal: AbortSignal) => Promise<TheHiveServer>
  cache: SyncCache
  book: OperationBook
  specimens: Specimens
  clock: Clock
  events: SyncEvents
  /** The time of whoever listens to the server's stream; absent: nobody does. */
  streamClock?: Clock
  settings?: PaceSettings
}

/** While the analyst works offline there is nothing to look for; only a clock that is set is noticed. */
const offlineRestMs = 60_000

/** One connection's life: connect, fill or follow, drain, wait, again; until closed. The only sender of its profile. */
export class SyncEngine implements Driver {
  readonly #parts: EngineParts
  readonly #closing = new AbortController()
  readonly #schedule: Schedule
  readonly #board: StatusBoard
  readonly #looking: ReturnType<typeof createLooking>
  readonly #listening: ReturnType<typeof createListening> | undefined
  readonly #reconcile = createReconciler()
  readonly #viewFirst = createViewFirst()
  #wake = new AbortController()
  #stir = new AbortController()
  #server: TheHiveServer | undefined
  #attention: Attention = { visible: true }
  #lastSeen: number
  #workOffline = false
  #cancelFill = false
  #loop: Promise<void> = Promise.resolve()

  /** `before` is where pulling stood at the last close: a fill the analyst cancelled stays cancelled. */
  constructor(parts: EngineParts, before: SyncState) {
    this.#parts = parts
    this.#lastSeen = latestSeen(parts.book.all(), parts.clock.now())
    this.#cancelFill = before.cancelled
    const schedule = new Schedule(parts.settings ?? { pace: 'automatic', metered: false })
    this.#schedule = schedule
    this.#board = createStatusBoard(parts, { before, metered: () => schedule.settings.metered })
    this.#looking = createLooking({
      ...{ cache: parts.cache, clock: parts.clock, events: parts.events, pending: parts.book },
      status: this.#board,
      signal: this.#closing.signal,
      server: () => this.#reachable(),
      againMs: () => lookAgainMs(schedule.settings),
      lost: (error) => this.#lost(error),
    })
    this.#listening =
      parts.streamClock &&
      createListening({
        server: () => (schedule.listens ? this.#reachable() : undefined),
        told: () => this.news(),
        ...{ clock: parts.streamClock, signal: this.#closing.signal },
      })
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** What the status line shows. */
  status(): SyncStatus {
    return this.#board.now()
  }

  /** Something happened that is worth a look at the plan: a decision, or its time. */
  wake(): void {
    this.#wake.abort()
  }

  syncNow(): void {
    this.#schedule.ask()
    this.wake()
  }

  hint(): void {
    this.#schedule.hint()
    this.wake()
  }

  /** The server says that something happened there. No reason to leave a round that runs, as a wake is. */
  news(): void {
    this.#schedule.news()
    this.#stir.abort()
  }

  attend(attention: Attention): void {
    const { visible } = this.#attention
    this.#attention = attention
    this.#schedule.presence = { ...this.#schedule.presence, visible: attention.visible }
    if (attention.visible === visible) return
    this.#listening?.review()
    this.wake()
  }

  power({ onBattery }: Pick<Presence, 'onBattery'>): void {
    this.#schedule.presence = { ...this.#schedule.presence, onBattery }
    this.wake()
  }

  adopt(settings: PaceSettings): void {
    this.#schedule.settings = settings
    this.#board.tell({})
    this.#listening?.review()
    this.wake()
  }

  workOffline(offline: boolean): void {
    this.#workOffline = offline
    this.#listening?.review()
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
    return this.#looking.atAlert(alertId)
  }

  lookAtCase(caseId: string): Promise<void> {
    return this.#looking.atCase(caseId)
  }

  ask<T>(question: (server: TheHiveServer, signal: AbortSignal) => Promise<T>): Promise<T> {
    const server = this.#reachable()
    if (server !== undefined) return question(server, this.#closing.signal)
    return Promise.reject(
      new ForagerError('offline', 'The server cannot be asked just now.', {
        next: 'Try again once Forager is connected.',
      }),
    )
  }

  /** Ends the loop; a request under way is abandoned and will be asked about at the next start. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.wake()
    await this.#loop
    await this.#server?.close()
  }

  #reachable(): TheHiveServer | undefined {
    return this.#workOffline ? undefined : this.#server
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#wake = new AbortController()
      this.#stir = new AbortController()
      this.#lookAtClock()
      const rest = this.#workOffline ? this.#restOffline() : await this.#takeTurn()
      if (this.#closing.signal.aborted) return
      const ends = [this.#wake.signal, this.#stir.signal, this.#closing.signal]
      await this.#parts.clock.sleep(rest, AbortSignal.any(ends))
    }
  }

  #restOffline(): number {
    this.#board.tell({ connection: 'working-offline', nextTryAt: undefined })
    return offlineRestMs
  }

  /** Offline too: a step back is told by what the clock showed before. */
  #lookAtClock(): void {
    const { clock, book } = this.#parts
    const now = clock.now()
    book.saveAll(carriedBack(book.all(), this.#lastSeen, now))
    this.#lastSeen = now
  }

  /** Does what is due; answers how long to rest, ms. */
  async #takeTurn(): Promise<number> {
    const { clock } = this.#parts
    const turn = this.#schedule.turn(clock.now(), this.#due())
    if (turn !== 'rest') await this.#round(turn)
    return this.#schedule.rest(clock.now(), this.#due())
  }

  #due() {
    return { connected: this.#server !== undefined, sendAt: this.#nextMoment() }
  }

  /** A problem ends the round, never the loop. */
  async #round(turn: 'pull' | 'connect'): Promise<void> {
    const { clock } = this.#parts
    try {
      if (turn === 'pull') this.#schedule.began(clock.now())
      const server = await this.#connected()
      if (turn === 'pull') {
        await this.#pull(server)
        await this.#drainNow(server)
        await attributeConflicts(this.#roundContext(server))
        await this.#succeeded()
      }
      this.#schedule.succeeded()
      if (turn === 'pull') await this.#reconcileWith(server)
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (error.kind !== 'cancelled' && !this.#closing.signal.aborted) this.#lost(error)
    }
  }

  async #connected(): Promise<TheHiveServer> {
    if (this.#server !== undefined) return this.#server
    if (this.#schedule.untroubled) this.#board.tell({ connection: 'connecting' })
    const { cache, connect, events } = this.#parts
    const server = await connect(this.#closing.signal)
    const catalog = await server.catalog(this.#closing.signal)
    events.connected(server.session, catalog)
    await cache.saveSession(server.session)
    await cache.saveCatalog(catalog)
    this.#server = server
    this.#listening?.review()
    this.#board.tell({ connection: 'online', problem: undefined, nextTryAt: undefined })
    return server
  }

  #roundContext(server: TheHiveServer) {
    const { cache, clock, book, events } = this.#parts
    return { server, cache, book, clock, events, now: () => clock.now(), signal: this.#closing.signal }
  }

  /** What the analyst looks at comes first. */
  async #pull(server: TheHiveServer): Promise<void> {
    const context = this.#roundContext(server)
    const viewFirst = () => this.#viewFirst(this.#attention.view, context)
    const { visible, alertId, caseId } = this.#attention
    if (visible && alertId !== undefined) await this.lookAt(alertId)
    if (visible && caseId !== undefined) await this.lookAtCase(caseId)
    if (this.#server !== server) throw new ForagerError('cancelled', 'The connection was lost meanwhile.')
    if ((await context.cache.marks()).fill !== 'done') await viewFirst()
    const anything = await pullRound({
      ...context,
      fill: {
        paused: () => this.#cancelFill,
        stopped: () => this.#cancelFill || this.#workOffline,
        breathe: async () => {
          await this.#drainNow(server)
          await viewFirst()
        },
        tell: (fill) => this.#board.tell({ fill }),
      },
    })
    this.#schedule.brought(anything)
  }

  /** What no stamp tells of, once the copy is complete; whatever somebody waits for goes first, and a metered line is spared it. */
  async #reconcileWith(server: TheHiveServer): Promise<void> {
    const { cache, clock, events } = this.#parts
    if (this.#workOffline || this.#schedule.settings.metered || (await cache.marks()).fill !== 'done') return
    const urgent = (): boolean => this.#wake.signal.aborted || (this.#nextMoment() ?? Infinity) <= clock.now()
    const { changed, arrived, problem } = await this.#reconcile({ ...this.#roundContext(server), urgent })
    if (changed.size > 0 || arrived > 0) events.changed([...changed], arrived)
    if (problem !== undefined) this.#board.tell({ problem: toErrorData(problem) })
  }

  async #drainNow(server: TheHiveServer): Promise<void> {
    if (this.#workOffline) return
    const { cache, clock, book: pending, specimens } = this.#parts
    const signal = this.#closing.signal
    const ended = await drain({ server, cache, clock, pending, specimens, signal })
    if (ended.ended === 'connection') throw ended.error
  }

  async #succeeded(): Promise<void> {
    const { cache, clock } = this.#parts
    const setAside = await cache.setAsideCount()
    const fine = { connection: 'online', problem: undefined, nextTryAt: undefined } as const
    this.#board.tell({ ...fine, lastSuccessAt: clock.now(), setAside })
  }

  #nextMoment(): number | undefined {
    return nextMoment(this.#parts.book.ours())
  }

  #lost(error: ForagerError): void {
    const { clock } = this.#parts
    const nextTryAt = this.#schedule.failed(error, clock.now(), clock.random())
    const refused = error.kind === 'unauthorised' || error.kind === 'forbidden'
    if (error.kind !== 'rate-limited') this.#forgetServer()
    const connection = refused ? 'refused' : 'offline'
    this.#board.tell({ connection, problem: toErrorData(error), nextTryAt })
  }

  #forgetServer(): void {
    const server = this.#server
    this.#server = undefined
    this.#listening?.review()
    // The sockets are dead or useless; closing them can only fail in ways nobody can act on.
    server?.close().catch(() => undefined)
  }
}
