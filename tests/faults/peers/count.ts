import type { Fate } from './clients/client.ts'

/** What became of one decision: what the server noted and shows, and what the client says. */
export type Ending = {
  /** How often it took hold. */
  effects: number
  /** How many of what it makes are there; absent where it makes nothing. */
  things?: number | undefined
  fate: Fate
}

export const nothing = {
  ...{ decisions: 0, lost: 0, doubled: 0, again: 0, overwritten: 0, stuck: 0 },
  ...{ untrue: 0, lostAndTold: 0, asked: 0, faults: 0, faultsOfReads: 0, colleagues: 0 },
}

/**
 * Counted over histories. `lost`: acknowledged, and neither on the server nor in the queue; `doubled`: there twice; `again`: a value or link written a second
 * time; `overwritten`: a colleague's later value is gone and nobody was asked; `stuck`: still in the queue at the end; `untrue`: it took hold, and the
 * client says that it did not; `lostAndTold`: of the lost, those the client calls refused; `asked`: put before the analyst with both values; `faults`: those that met a
 * request that changes something.
 */
export type Counts = { [K in keyof typeof nothing]: number }

/** What one decision adds. */
export function countEnding({ effects, things = Math.min(effects, 1), fate }: Ending): Partial<Counts> {
  const there = effects > 0 && things > 0
  const doubled = things > 1 && effects > 1
  const stuck = fate === 'waiting'
  const lost = !there && !stuck && fate !== 'asked'
  return {
    decisions: 1,
    lost: Number(lost),
    lostAndTold: Number(lost && fate === 'refused'),
    doubled: Number(doubled),
    again: Number(effects > 1 && !doubled),
    stuck: Number(stuck),
    untrue: Number(there && fate === 'refused'),
    asked: Number(fate === 'asked'),
  }
}

/** A colleague's word is gone, and the analyst was not asked. */
export const isOverwritten = ({ theirs, now, fate }: { theirs: string; now: string; fate: Fate }): boolean =>
  now !== theirs && fate !== 'asked'

export function add(sum: Counts, more: Partial<Counts>): Counts {
  const keys = Object.keys(nothing) as (keyof Counts)[]
  return Object.fromEntries(keys.map((key) => [key, sum[key] + (more[key] ?? 0)])) as Counts
}
