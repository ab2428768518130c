export interface CallsInFlight {
  /** From now on `open` is false: new calls are refused. Running ones go on. */
  refuseNew(): void
  readonly open: boolean
  track<T>(work: Promise<T>): Promise<T>
  /** Settles when nothing runs any more, however it ended. */
  drain(): Promise<void>
}

/** Counts what runs, so that shutdown can wait for it. A call that has timed out still counts until its work has ended. */
export function createCallsInFlight(): CallsInFlight {
  const running = new Set<Promise<unknown>>()
  let open = true
  return {
    refuseNew: () => {
      open = false
    },
    get open() {
      return open
    },
    track: (work) => {
      running.add(work)
      const done = () => running.delete(work)
      work.then(done, done)
      return work
    },
    drain: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
