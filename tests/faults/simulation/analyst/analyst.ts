import type { Catalog } from '#shared/model/catalog.ts'
import type { Session } from '#shared/model/session.ts'
import { settingsSchema } from '#shared/model/settings.ts'
import type { ServiceContext } from '#main/services/context.ts'
import type { TakeIn } from '#main/services/take-files.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { SyncEngine } from '#main/sync/engine.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { Clock, SyncEvents } from '#main/sync/ports.ts'
import { syncStateOf } from '#main/sync/sync-state.ts'
import type { HiveState } from '../hive/hive-state.ts'
import { hivePort } from '../hive/hive-port.ts'
import { Account } from '../ledger/account.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OutboxWatch } from './outbox-port.ts'
import { Wire } from '../wire.ts'
import { canonicalJson } from '../canonical-json.ts'
import { cachePort } from './cache-port.ts'
import type { Files } from './files.ts'
import { Life } from './life.ts'
import { outboxPort } from './outbox-port.ts'
import { keptFiles } from './kept-files.ts'

const settings = settingsSchema.parse({})

export type AnalystContext = ServiceContext & { takeIn: TakeIn }

type Parts = { hive: HiveState; ledger: Ledger; files: Files; login: string; visible: boolean }

type Running = {
  life: Life
  wire: Wire
  engine: SyncEngine
  book: OperationBook
  context: AnalystContext
  outbox: OutboxStore
}

/** One analyst's machine: the product's own engine, services and files, with time, chance and the network in the world's hand. */
export class Analyst {
  readonly login: string
  readonly account: Account
  readonly files: Files
  running: Running | undefined
  /** By how much this machine's clock is wrong, ms. */
  clockOff = 0
  #ids = 0
  readonly #visible: boolean
  readonly #hive: HiveState
  readonly #ledger: Ledger
  readonly #watch: OutboxWatch

  constructor({ hive, ledger, files, login, visible }: Parts) {
    this.#visible = visible
    this.#hive = hive
    this.#ledger = ledger
    this.files = files
    this.login = login
    this.account = new Account(login, hive)
    this.#watch = ledger.open(this.account)
  }

  readonly now = (): number => this.#hive.world.now() + this.clockOff

  /** Opens the profile as core/open-profile.ts does. */
  start(): void {
    if (this.running?.life.alive === true) return
    const life = new Life(this.now)
    const wire = new Wire(this.#hive.world, life, this.#ledger.watch(this.account))
    const store = this.files.outbox()
    const outbox = outboxPort(store, { process: life, held: this.account.held, watch: this.#watch })
    this.running = undefined
    this.account.takingBack = 0
    this.#isWhatWasWritten(store)
    // A process that dies while it starts is started again; what follows its death never runs.
    this.#run({ life, wire, outbox }).catch((thrown: unknown) => {
      if (life.alive) this.#ledger.find('stuck', `${this.login} could not start: ${String(thrown)}`)
    })
  }

  async #run({ life, wire, outbox }: { life: Life; wire: Wire; outbox: OutboxStore }): Promise<void> {
    const cache = cachePort(this.files.cache(), life, this.now)
    const port = hivePort(this.#hive, this.login, wire)
    const known: { session: Session; catalog: Catalog } = { session: port.session, catalog: port.catalog() }
    const events: SyncEvents = {
      ...{ status: () => undefined, changed: () => undefined, outboxChanged: () => undefined },
      connected: (session, catalog) => void Object.assign(known, { session, catalog }),
    }
    const book = new OperationBook(outbox, cache, events)
    const clock = this.#clock(life)
    const kept = keptFiles(outbox)
    const before = syncStateOf(await cache.marks())
    const { specimens, takeIn } = kept
    const engine = new SyncEngine({ cache, book, events, clock, specimens, connect: port.connect }, before)
    await book.restoreFold()
    const context: AnalystContext = {
      ...{ book, takeIn, now: this.now },
      session: () => known.session,
      catalog: () => known.catalog,
      settings: () => settings,
      newId: () => `${this.login}-${(this.#ids += 1)}`,
      shown: (id) => Promise.resolve(this.files.reader.detail(id)),
      shownCase: (id) => Promise.resolve(this.files.reader.case(id)),
      alertIdByKey: (key) => cache.alertIdByKey(key),
      queued: () => engine.wake(),
      foldFailed: (thrown) => {
        if (life.alive) this.#ledger.find('stuck', `a fold failed: ${String(thrown)}`)
      },
    }
    this.running = { life, wire, engine, book, context, outbox }
    engine.attend({ visible: this.#visible })
    engine.start()
  }

  #clock(life: Life): Clock {
    const { world } = this.#hive
    return {
      now: this.now,
      random: () => world.random.next(),
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const wake = () => {
            unheard()
            if (life.alive) resolve()
          }
          const unheard = world.listen(signal, wake)
          if (signal.aborted) wake()
          else world.after(ms, wake)
        }),
    }
  }

  /** Everything that was ever written reads back as it was. */
  #isWhatWasWritten(store: OutboxStore): void {
    const read = store.pending().map((one) => canonicalJson(one))
    const written = this.account.pending().map((one) => canonicalJson(one))
    if (read.length !== written.length || read.some((text, at) => text !== written[at]))
      this.#ledger.find('lost', `${this.login}: the outbox reads ${read.join()} and not ${written.join()}`)
  }

  /** As `kill -9`: nothing is flushed or closed by us. */
  kill(): void {
    this.running?.life.die()
  }

  /** Closes as a user does; what is under way is abandoned. */
  async close(): Promise<void> {
    const running = this.running
    if (running === undefined || !running.life.alive) return
    void running.engine.close().then(() => undefined)
    await this.#hive.world.pass(0)
    running.life.die()
  }

  get alive(): boolean {
    return this.running?.life.alive === true
  }
}
