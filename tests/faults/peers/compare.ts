import { seededRandom } from '#tests/support/alerts/random.ts'
import { atOnce } from '../rig/at-once.ts'
import { forager } from './clients/forager.ts'
import { plainQueue } from './clients/plain-queue.ts'
import { tanstack } from './clients/tanstack.ts'
import type { ClientKind } from './clients/client.ts'
import { add, nothing } from './count.ts'
import type { Counts } from './count.ts'
import { runHistory } from './run-history.ts'
import type { History } from './run-history.ts'
import { drawScript } from './script.ts'

export type Compared = {
  name: string
  histories: number
  counts: Counts
  /** What went wrong, with the seed of its history. */
  wrong: string[]
}

/** Peers wait most of their time; Forager does not. */
const atMost = { waiting: 16, working: 4 } as const

/** So many histories through each client; Forager comes first. */
export async function compare(histories: number, seed: number): Promise<Compared[]> {
  const { warn } = console
  // A peer warns of each refusal there: it is counted here.
  console.warn = () => undefined
  try {
    const seeds = Array.from({ length: histories }, (_, n) => seed + n)
    return await Promise.all([forager, tanstack, plainQueue].map((kind) => through(kind, seeds)))
  } finally {
    console.warn = warn
  }
}

async function through(kind: ClientKind, seeds: readonly number[]): Promise<Compared> {
  const most = kind.stepped ? atMost.working : atMost.waiting
  const done = await atOnce(seeds, most, (seed) => runHistory(kind, drawScript(seededRandom(seed))))
  return {
    ...{ name: kind.name, histories: done.length },
    counts: done.reduce((sum, { counts }) => add(sum, counts), nothing as Counts),
    wrong: done.flatMap(({ wrong }: History, n) => wrong.map((line) => `history ${seeds[n]}: ${line}`)),
  }
}
