import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'

/** How much to run, and from which seed: the same seed and size give the same run. */
export type ProofSizes = {
  /** `quick` is the share that `npm test` can afford; `full` is the default of `npm run test:faults`. */
  size: 'quick' | 'full'
  seed: number
  /** Random histories of the simulation and the three-way merge, points of the disk faults, pairs of deaths; absent: what the size allows. */
  histories?: number | undefined
  /** The TheHives of those proofs that try more than one; absent: all. */
  hives?: readonly Flavour[] | undefined
  /** Threads that share them; absent: one a core. */
  workers?: number | undefined
}

/** What a proof counted. Anything but zero in the four columns is a failure. */
export type ProofCounts = {
  /** Histories, crash points, torn states, trials: whatever this proof repeats. */
  runs: number
  /** Acknowledged decisions that are neither in an outbox nor on the server. */
  lost: number
  /** Effects that took hold more than once. */
  repeated: number
  /** Values of somebody else that vanished without being shown. */
  overwritten: number
  /** Histories that did not come to rest. */
  stuck: number
}

export type ProofResult = ProofCounts & {
  /** What went wrong first, with what reproduces it; absent when nothing did. */
  failure?: string | undefined
  /** Lines for the reader below the table: what was caught, what was compared with. */
  notes?: readonly string[] | undefined
}

/** One claim of src-main/sync/SPEC.md, tried many times. */
export interface Proof {
  name: string
  /** What this machine lacks for it, in words; undefined when it can run. Such a proof is told as *not run*, never as passed. */
  lacks?(): string | undefined
  run(sizes: ProofSizes): Promise<ProofResult>
}

/** What came of one proof. */
export type ProofOutcome =
  | { name: string; ms: number; result: ProofResult }
  | { name: string; ms: number; threw: string }
  | { name: string; notRun: string }

/** True when the proof ran and found nothing. */
export function held(outcome: ProofOutcome): boolean {
  if (!('result' in outcome)) return false
  const { lost, repeated, overwritten, stuck, failure, runs } = outcome.result
  return lost + repeated + overwritten + stuck === 0 && failure === undefined && runs > 0
}
