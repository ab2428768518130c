import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Api } from '../api-port.ts'
import { Soon } from '../soon.ts'
import { arrivals, keepsInPlace, removeRows, restoreRows } from './order.ts'
import type { Removed } from './order.ts'
import { readOrder } from './order-reader.ts'
import type { OrderQuestion } from './order-reader.ts'

/** Arrivals are looked for at most this often (ms), and never more than a tenth of the time. */
const shortestPause = 1_000
const pauseFactor = 10

/**
 * The order of the view on screen: a snapshot of row keys that moves only when the analyst moves it. What arrives
 * meanwhile is counted beside it and waits in `#fresh`.
 */
export class QueueList {
  order = $state.raw<readonly number[]>([])
  /** True until the first chunk of a newly chosen view is there. */
  loading = $state(true)
  /** False while later chunks are still coming. */
  complete = $state(false)
  failure = $state.raw<ErrorData | undefined>(undefined)
  newCount = $state(0)
  #api: Api
  #held: () => ReadonlySet<number>
  #question: OrderQuestion | undefined
  #run = 0
  #fresh: readonly number[] | undefined
  #lastCheckMs = 0
  readonly #soon = new Soon(
    () => this.#check(),
    () => Math.max(shortestPause, this.#lastCheckMs * pauseFactor),
  )

  /** `held` answers what must not move: rows on screen, under the cursor, selected. */
  constructor(api: Api, held: () => ReadonlySet<number>) {
    this.#api = api
    this.#held = held
  }

  /**
   * Shows a view from its start; `isRead` hears of each part that is there, and of the end. A later call makes an earlier one stop,
   * of which nothing is heard any more.
   */
  async load(question: OrderQuestion, isRead: () => void): Promise<void> {
    const run = this.#begin(question)
    this.loading = true
    this.complete = false
    this.failure = undefined
    try {
      let first = true
      for await (const chunk of readOrder(this.#api, question)) {
        if (run !== this.#run) return
        this.order = first ? chunk : [...this.order, ...arrivals(this.order, chunk)]
        this.loading = false
        first = false
        isRead()
      }
      this.complete = true
    } catch (thrown) {
      if (run === this.#run) this.failure = toErrorData(thrown)
    }
    if (run !== this.#run) return
    this.loading = false
    isRead()
  }

  /** Something changed somewhere: count what is new, soon and not too often. */
  scheduleCheck(): void {
    this.#soon.ask()
  }

  /** Lets the new rows in. Answers the first of them. */
  showNew(): number | undefined {
    if (!this.#fresh) return undefined
    const [first] = arrivals(this.order, this.#fresh)
    this.order = this.#fresh
    this.#fresh = undefined
    this.newCount = 0
    return first
  }

  remove(leaving: ReadonlySet<number>): Removed[] {
    const { order, removed } = removeRows(this.order, leaving)
    this.order = order
    return removed
  }

  restore(removed: readonly Removed[]): void {
    this.order = restoreRows(this.order, removed)
  }

  stop(): void {
    this.#run += 1
    this.#soon.stop()
  }

  #begin(question: OrderQuestion): number {
    this.stop()
    this.#question = question
    this.#fresh = undefined
    this.newCount = 0
    return this.#run
  }

  /** A failure here is not shown: nothing the analyst asked for failed, and the next change tries again. */
  async #check(): Promise<void> {
    const run = this.#run
    const question = this.#question
    if (!question) return
    if (this.loading || (!this.complete && !this.failure)) return this.scheduleCheck()
    const begun = performance.now()
    const fresh: number[] = []
    try {
      for await (const chunk of readOrder(this.#api, question)) fresh.push(...chunk)
    } catch (thrown) {
      this.failure = this.order.length === 0 ? toErrorData(thrown) : this.failure
      return
    }
    this.#lastCheckMs = performance.now() - begun
    if (run !== this.#run) return
    this.failure = undefined
    this.complete = true
    if (this.order.length === 0) this.order = fresh
    else this.#offer(fresh)
  }

  /** What moves nothing the analyst holds is let in; the rest waits for the word. */
  #offer(fresh: readonly number[]): void {
    if (keepsInPlace(this.order, fresh, this.#held())) {
      this.order = fresh
      this.#fresh = undefined
      this.newCount = 0
      return
    }
    this.newCount = arrivals(this.order, fresh).length
    this.#fresh = this.newCount > 0 ? fresh : undefined
  }
}
