/** What a whole pass over the server's ids came to, in alerts. */
export type SweepResult = {
  /** Those that were not seen. */
  missing: number
  /** Of them those to be asked for one by one; the others wait for a second pass. */
  due: number
}

/** Part of the cache's writer: how a copy finds out what the server has no longer. */
export interface PullFacts {
  /** A new pass: nothing is seen yet. What earlier passes missed is remembered. */
  beginSweep(): void
  /** Ids the server has just listed. `back` had been marked as gone and are no longer; `unknown` is how many have no copy here. */
  sweepPage(ids: readonly string[]): { back: string[]; unknown: number }
  /**
   * The pass is complete: what it has not seen and nothing brought since it started (ms) is suspected, or, where domain/missing-alerts.ts
   * says so, due to be asked for. Suspects that were seen are cleared.
   */
  endSweep(pass: { startedAt: number; at: number }): SweepResult
  /** The server's own trail says that these were deleted, at a server's moment: they are due. One made anew since then is not. */
  suspectDeleted(told: readonly { id: string; at: number }[], at: number): void
  /** Due to be asked for one by one. */
  suspects(limit: number): string[]
  /** How many alerts the server should list, by what we have. */
  expectedCount(): number
  /** Of these alerts those whose stored observables are not as many as the server counts. */
  observableGaps(alertIds: readonly string[]): string[]
  alertsOfCases(caseIds: readonly string[]): string[]
}
