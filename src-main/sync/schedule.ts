import type { ForagerError } from '#shared/errors/forager-error.ts'
import { pullEveryMs } from './pace.ts'
import type { PaceSettings, Presence } from './pace.ts'
import { pauseAfter } from './reconnect.ts'
import type { Pause } from './reconnect.ts'

/** What is to be done now. A pull is followed by sending; `connect` asks for nothing but who is there. */
export type Turn = 'pull' | 'connect' | 'rest'

/** The moment (ms) at which a decision may be sent; undefined when none waits for time alone. */
type Due = { connected: boolean; sendAt: number | undefined }

type Span = { from: number; ms: number }

/** Spans, not moments: a clock that is set back must not make anybody wait for years. */
const isWithin = (now: number, { from, ms }: Span): boolean => now >= from && now < from + ms

const endOf = ({ from, ms }: Span): number => from + ms

/** Looking at the clock less often than this would miss that it was set, or the machine slept. */
const longestRestMs = 60_000
/** A round that could not send what is due is not repeated at once. */
const shortestRestMs = 50

/** When the next round is, and what it may do. Knows no timer and no network: time comes in, an answer goes out. */
export class Schedule {
  presence: Presence = { visible: true, onBattery: false }
  settings: PaceSettings
  #asked: boolean
  #pulling = false
  #failures = 0
  #pulled: number | undefined
  #pause: (Span & Pick<Pause, 'firm'>) | undefined
  #news = false
  #onNews = false
  /** Pulls in a row that news made and that brought nothing. */
  #vainPulls = 0

  constructor(settings: PaceSettings) {
    this.settings = settings
    this.#asked = !settings.metered
  }

  turn(now: number, { connected, sendAt }: Due): Turn {
    if (this.#pause !== undefined && isWithin(now, this.#pause)) return 'rest'
    if (this.#asked || (sendAt !== undefined && sendAt <= now)) return 'pull'
    if (this.#untilPull(now) === 0) return 'pull'
    return connected ? 'rest' : 'connect'
  }

  /** How long until {@link turn} may say something else, ms. */
  rest(now: number, due: Due): number {
    if (this.#pause !== undefined && isWithin(now, this.#pause))
      return Math.min(longestRestMs, this.#pause.from + this.#pause.ms - now)
    if (this.turn(now, due) !== 'rest') return shortestRestMs
    const untilSend = due.sendAt === undefined ? Infinity : due.sendAt - now
    return Math.max(shortestRestMs, Math.min(longestRestMs, untilSend, this.#untilPull(now)))
  }

  #untilPull(now: number): number {
    const every = this.#every()
    if (every === Infinity) return Infinity
    if (this.#pulled === undefined || !isWithin(now, { from: this.#pulled, ms: every })) return 0
    return this.#pulled + every - now
  }

  #every(): number {
    const usual = pullEveryMs(this.settings, this.presence)
    return this.#news && this.listens ? usual / Math.max(1, 4 / 2 ** this.#vainPulls) : usual
  }

  /** Somebody looks, and the line costs nothing: worth hearing at once that something happened. */
  get listens(): boolean {
    return this.presence.visible && !this.settings.metered
  }

  /** The server says that something happened: never believed, and no more than a sooner pull. Ends no pause. */
  news(): void {
    this.#news = true
  }

  /** What a pull brought. Whoever cries wolf is heard later, and then not at all. */
  brought(anything: boolean): void {
    if (anything) this.#vainPulls = 0
    else if (this.#onNews) this.#vainPulls += 1
  }

  /** The analyst asks: now, whatever was said before. */
  ask(): void {
    this.#asked = true
    this.#failures = 0
    this.#pause = undefined
  }

  /** Something may have changed: the network is back or the machine woke. Ends no pause that is firm. */
  hint(): void {
    if (this.#pause?.firm === false) this.#pause = undefined
    if (!this.settings.metered) this.#asked = true
  }

  /** A pull begins: whoever asks from now on asks for another one. */
  began(now: number): void {
    this.#asked = false
    this.#onNews = this.#news
    this.#news = false
    this.#pulling = true
    this.#pulled = now
  }

  succeeded(now: number): void {
    this.#pulling = false
    this.#failures = 0
    if (!this.isPaused(now)) this.#pause = undefined
  }

  /** The server asked for peace, or refuses us: a round that was under way by then does not end that. */
  isPaused(now: number): boolean {
    return this.#pause?.firm === true && isWithin(now, this.#pause)
  }

  /** Nothing failed since the last success. */
  get untroubled(): boolean {
    return this.#failures === 0
  }

  /** Answers the moment of the next try. What was asked for stays asked for. */
  failed(error: ForagerError, now: number, random: number): number {
    this.#failures += 1
    const { metered } = this.settings
    const pause = { from: now, ...pauseAfter(error, { failures: this.#failures, random, metered }) }
    if (this.#pulling || !metered) this.#asked = true
    this.#pulling = false
    // What fails in the peace the server asked for does not shorten it.
    const asked = this.isPaused(now) ? this.#pause : undefined
    this.#pause = asked !== undefined && endOf(asked) > endOf(pause) ? asked : pause
    return endOf(this.#pause)
  }
}
