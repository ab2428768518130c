import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Attention } from '#shared/model/attention.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { nextMoment } from '../domain/next-operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { carriedBack, latestSeen } from './clock-steps.ts'
import { createConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import type { Driver } from './driver.ts'
import { createListening } from './listening.ts'
import { createLooking } from './looking.ts'
import type { OperationBook } from './operation-book.ts'
import { lookAgainMs } from './pace.ts'
import type { PaceSettings, Presence } from './pace.ts'
import type { Clock, Specimens, SyncCache, SyncEvents } from './ports.ts'
import { createRound } from './round.ts'
import type { Round, Wishes } from './round.ts'
import { Schedule } from './schedule.ts'
import { SendGate } from './send-gate.ts'
import { createStatusBoard } from './status-board.ts'
import type { StatusBoard } from './status-board.ts'
import type { SyncState } from './sync-state.ts'

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
  readonly #connection: Connection
  readonly #round: Round
  readonly #wishes: Wishes
  readonly #gate = new SendGate()
  #wake = new AbortController()
  #stir = new AbortController()
  #lastSeen: number
  #loop: Promise<void> = Promise.resolve()

  /** `before` is where pulling stood at the last close: a fill the analyst cancelled stays cancelled. */
  constructor(parts: EngineParts, before: SyncState) {
    this.#parts = parts
    this.#lastSeen = parts.clock.now()
    this.#wishes = { attention: { visible: true }, workOffline: false, cancelFill: before.cancelled }
    const schedule = new Schedule(parts.settings ?? { pace: 'automatic', metered: false })
    this.#schedule = schedule
    this.#board = createStatusBoard(parts, {
      before,
      metered: () => schedule.settings.metered,
      offline: () => this.#wishes.workOffline,
    })
    const { signal } = this.#closing
    this.#connection = createConnection({ ...parts, signal, changed: () => this.#listening?.review() })
    this.#looking = createLooking({
      ...{ cache: parts.cache, clock: parts.clock, events: parts.events, pending: parts.book },
      ...{ status: this.#board, signal },
      server: () => this.#reachable(),
      againMs: () => lookAgainMs(schedule.settings),
      lost: (error) => this.#lost(error),
    })
    this.#round = createRound({
      ...{
        ...parts,
        signal,
        board: this.#board,
        looking: this.#looking,
        wishes: this.#wishes,
        gate: this.#gate,
      },
      holds: (server) => this.#connection.now() === server,
      isPaused: () => schedule.isPaused(parts.clock.now()),
      urgent: () => this.#wake.signal.aborted || (this.#nextMoment() ?? Infinity) <= parts.clock.now(),
    })
    this.#listening =
      parts.streamClock &&
      createListening({
        server: () => (schedule.listens ? this.#reachable() : undefined),
        told: () => this.news(),
        ...{ clock: parts.streamClock, signal },
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
    const { visible } = this.#wishes.attention
    this.#wishes.attention = attention
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
    this.#wishes.workOffline = offline
    this.#board.tell({})
    this.#listening?.review()
    this.syncNow()
  }

  cancelFill(): void {
    this.#wishes.cancelFill = true
  }

  resumeFill(): void {
    this.#wishes.cancelFill = false
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

  async whileStill<T>(work: (clockAhead: number) => T): Promise<T> {
    try {
      return await this.#gate.standStill(() => {
        this.#parts.book.doubtSending()
        return work(this.#connection.now()?.clockAhead?.() ?? 0)
      })
    } finally {
      this.wake()
    }
  }

  leave(): void {
    this.#closing.abort()
    this.wake()
  }

  /** Ends the loop; a request under way is abandoned and will be asked about at the next start. */
  async close(): Promise<void> {
    this.leave()
    await this.#loop
    await this.#connection.close()
  }

  #reachable(): TheHiveServer | undefined {
    return this.#wishes.workOffline ? undefined : this.#connection.now()
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#wake = new AbortController()
      this.#stir = new AbortController()
      this.#lookAtClock()
      const rest = this.#wishes.workOffline ? this.#restOffline() : await this.#takeTurn()
      if (this.#closing.signal.aborted) return
      const ends = [this.#wake.signal, this.#stir.signal, this.#closing.signal]
      await this.#parts.clock.sleep(rest, AbortSignal.any(ends))
    }
  }

  #restOffline(): number {
    this.#board.tell({ connection: 'working-offline', nextTryAt: undefined })
    return offlineRestMs
  }

  /** Offline too: a step back is told by what the clock showed before, here or to whoever decided something since. */
  #lookAtClock(): void {
    const { clock, book } = this.#parts
    const now = clock.now()
    try {
      const all = book.all()
      book.saveAll(carriedBack(all, latestSeen(all, Math.max(this.#lastSeen, now)), now))
      this.#lastSeen = now
    } catch (thrown) {
      // A disk that cannot be written must not end the loop; the next turn tries again.
      this.#board.tell({ problem: toErrorData(asForagerError(thrown)) })
    }
  }

  /** Does what is due; answers how long to rest, ms. */
  async #takeTurn(): Promise<number> {
    const { clock } = this.#parts
    const turn = this.#schedule.turn(clock.now(), this.#due())
    if (turn !== 'rest') await this.#visit(turn)
    return this.#schedule.rest(clock.now(), this.#due())
  }

  #due() {
    return { connected: this.#connection.now() !== undefined, sendAt: this.#nextMoment() }
  }

  /** A problem ends the round, never the loop. */
  async #visit(turn: 'pull' | 'connect'): Promise<void> {
    const { clock } = this.#parts
    try {
      if (turn === 'pull') this.#schedule.began(clock.now())
      const server = this.#connection.now() ?? (await this.#connect())
      if (turn === 'pull') {
        this.#schedule.brought(await this.#round.pull(server))
        await this.#round.send(server)
        await this.#succeeded()
      }
      this.#schedule.succeeded(clock.now())
      // A metered line is spared it.
      if (turn === 'pull' && !this.#schedule.settings.metered) await this.#round.keepTrue(server)
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (error.kind !== 'cancelled' && !this.#closing.signal.aborted) this.#lost(error)
    }
  }

  async #connect(): Promise<TheHiveServer> {
    if (this.#schedule.untroubled) this.#board.tell({ connection: 'connecting' })
    const server = await this.#connection.make()
    this.#board.tell({ connection: 'online', problem: undefined, nextTryAt: undefined })
    return server
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
    if (error.kind !== 'rate-limited') this.#connection.forget()
    const connection = refused ? 'refused' : 'offline'
    this.#board.tell({ connection, problem: toErrorData(error), nextTryAt })
  }
}
