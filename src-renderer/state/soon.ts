/**
 * Does `work` a pause after it is first asked for, once for all who ask meanwhile. Those who go on asking do not put it off: while
 * thousands of decisions are sent, the screen still follows. Never two at once: who asks while it works gets it once more.
 */
export class Soon {
  #work: () => Promise<void>
  #pauseMs: () => number
  #timer: ReturnType<typeof setTimeout> | undefined
  #working = false
  #again = false

  /** `work` must tell its own failures: it is not awaited by who asks. */
  constructor(work: () => Promise<void>, pauseMs: () => number) {
    this.#work = work
    this.#pauseMs = pauseMs
  }

  ask(): void {
    if (this.#working) this.#again = true
    else this.#timer ??= setTimeout(() => void this.#run(), this.#pauseMs())
  }

  /** What was asked for is not done any more; what is under way ends. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#again = false
  }

  async #run(): Promise<void> {
    this.#timer = undefined
    this.#working = true
    try {
      await this.#work()
    } finally {
      this.#working = false
    }
    if (!this.#again) return
    this.#again = false
    this.ask()
  }
}
