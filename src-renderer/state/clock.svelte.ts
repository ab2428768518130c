const tickMs = 10_000

/** The one clock that ages on screen follow; stands still while the window is hidden. */
export class Clock {
  now = $state(Date.now())
  #timer: ReturnType<typeof setInterval> | undefined

  start(): () => void {
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.now = Date.now()
    }, tickMs)
    return () => clearInterval(this.#timer)
  }

  /** Catches up at once, so that something just done is not "in the future". */
  touch(): void {
    this.now = Date.now()
  }
}
