const tickMs = 10_000
const secondMs = 1_000

/** The one clock that ages on screen follow; stands still while the window is hidden. */
export class Clock {
  now = $state(Date.now())
  /** The same to the second, for what counts down. */
  second = $state(Date.now())
  #timer: ReturnType<typeof setInterval> | undefined

  start(): () => void {
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.now = Date.now()
    }, tickMs)
    const seconds = setInterval(() => {
      if (document.visibilityState === 'visible') this.second = Date.now()
    }, secondMs)
    return () => {
      clearInterval(this.#timer)
      clearInterval(seconds)
    }
  }

  /** Catches up at once, so that something just done is not "in the future". */
  touch(): void {
    this.now = Date.now()
    this.second = this.now
  }
}
