/** What is on its way after this long is given up: nobody knows what became of it then. */
const patienceMs = 10_000

/** Sends go through one at a time, and none while somebody needs the outbox to stand still. */
export class SendGate {
  #closed = 0
  #passing: Promise<unknown> = Promise.resolve()
  #abandoned = new AbortController()

  get isClosed(): boolean {
    return this.#closed > 0
  }

  /** `signal` ends what is on its way; whoever sends looks at `isClosed` before each request. */
  pass<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const passing = send(this.#abandoned.signal)
    this.#passing = passing.catch(() => undefined)
    return passing
  }

  /** Runs it once nothing is on its way. */
  async standStill<T>(work: () => T): Promise<T> {
    this.#closed += 1
    const timer = setTimeout(() => this.#abandoned.abort(), patienceMs)
    try {
      await this.#passing
      return work()
    } finally {
      clearTimeout(timer)
      if (this.#abandoned.signal.aborted) this.#abandoned = new AbortController()
      this.#closed -= 1
    }
  }
}
