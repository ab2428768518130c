import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'

type Due = { at: number; seq: number; run: () => void }

/** SPEC.md allows 90 s from the moment a request leaves; it has been on its way for a moment. */
const latestMs = 88_000

export class BrokeOff extends Error {}

/**
 * Everything that was promised to run at this moment has run: the code under test waits for nothing but this world. A tick comes
 * when no promise is left to be kept; the second, after what ticks had promised.
 */
const settled = (): Promise<void> =>
  new Promise((resolve) => process.nextTick(() => process.nextTick(resolve)))

/** The same, and the event loop goes round once: what the program itself has to clear away is cleared. */
const turned = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Time and chance of one history. Nothing happens but what was put on the agenda; between two entries all code under test runs as
 * far as it gets, so that the same seed gives the same history to the last step.
 */
export class World {
  readonly random: Random
  /** Until then something may take hold that left long ago. */
  lateUntil = 0
  #now = 1_790_000_000_000
  #seq = 0
  #items = Infinity
  readonly #agenda: Due[] = []
  readonly #heard = new Set<() => void>()

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** The server's clock: ms since the epoch. */
  now(): number {
    return this.#now
  }

  /** Equal moments come in the order they were asked for. */
  after(ms: number, run: () => void): void {
    const due = { at: this.#now + Math.max(0, ms), seq: (this.#seq += 1), run }
    let place = this.#agenda.length
    while (place > 0 && (this.#agenda[place - 1]?.at ?? 0) <= due.at) place -= 1
    this.#agenda.splice(place, 0, due)
  }

  /** The server dies in a request, after so many of the things that are asked in it. */
  breaksOff(after: number): void {
    this.#items = after
  }

  /** The next of several things in one request. @throws what nobody hears when the server dies over it */
  item(): void {
    this.#items -= 1
    if (this.#items < 0) throw new BrokeOff('the server died in a request')
  }

  /** It happens at a moment that nobody knows: `least` from now on, and no later than a server can still be at it. */
  late(least: number, run: () => void): void {
    const ms = least + this.random.below(latestMs - least)
    this.lateUntil = Math.max(this.lateUntil, this.#now + ms)
    this.after(ms, run)
  }

  /** Calls `run` once when the signal is aborted; answers how to stop listening. */
  listen(signal: AbortSignal, run: () => void): () => void {
    const stop = (): void => {
      signal.removeEventListener('abort', run)
      this.#heard.delete(stop)
    }
    signal.addEventListener('abort', run, { once: true })
    this.#heard.add(stop)
    return stop
  }

  /** Nothing happens any more. A signal that is listened to would keep its whole history in memory. */
  end(): void {
    for (const stop of this.#heard) stop()
  }

  /** Time passes, and what is on the agenda until then happens. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    await turned()
    for (;;) {
      const next = this.#agenda.at(-1)
      if (next === undefined || next.at > until) break
      this.#agenda.pop()
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settled()
    }
    this.#now = until
  }

  /** All clocks jump; what was on the agenda in between is late. */
  jump(ms: number): void {
    this.#now += ms
  }
}
