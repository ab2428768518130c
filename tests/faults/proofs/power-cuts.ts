import { cacheCuts } from '../disk/cache-cuts.ts'
import { cutPower } from '../disk/cut-power.ts'
import type { CutCounts } from '../disk/cut-power.ts'
import { outboxCuts } from '../disk/outbox-cuts.ts'
import { rescueCuts } from '../disk/rescue-cuts.ts'
import { lacksStrace } from '../disk/strace.ts'
import type { Proof } from '../proof.ts'

/** Sizes: states a session, and steps of the outbox's script. */
const sizes = {
  quick: { states: 240, length: 60, rounds: 1 },
  full: { states: 1_500, length: 120, rounds: 3 },
} as const

/** A commit that SQLite takes over into the file at once, so that a short session does it often. */
const oftenTurnedOver = 'wal_autocheckpoint=20'

/**
 * SPEC.md, promise 1: what was acknowledged is on the disk. Each session runs once while every write and sync is recorded; then the power
 * is cut after each of them, and what a disk may then hold is opened by the product's own code.
 */
export const proof: Proof = {
  name: 'power-cuts',
  lacks: lacksStrace,
  async run({ size, seed }) {
    const { states, length, rounds } = sizes[size]
    const ran: { name: string; counts: CutCounts }[] = []
    for (let round = 0; round < rounds; round++) {
      const common = { seed: seed + round, length, states }
      for (const session of [
        outboxCuts({ ...common, name: 'outbox' }),
        outboxCuts({ ...common, name: 'outbox, turned over often', settings: [oftenTurnedOver] }),
        cacheCuts({ seed: seed + round, states: Math.ceil(states / 2) }),
        rescueCuts({ seed: seed + round, states: Math.ceil(states / 4) }),
      ])
        ran.push({ name: session.name, counts: await cutPower(session) })
    }
    const careless = await cutPower(
      outboxCuts({
        ...{ name: 'outbox with synchronous=NORMAL', seed, length, states: Math.ceil(states / 4) },
        settings: [oftenTurnedOver, 'synchronous=NORMAL'],
      }),
    )
    const sum = (of: (counts: CutCounts) => number) =>
      ran.reduce((total, { counts }) => total + of(counts), 0)
    const first = ran.find(({ counts }) => counts.first !== undefined)?.counts.first
    return {
      ...{
        runs: sum((counts) => counts.states),
        lost: sum((counts) => counts.lost),
        repeated: 0,
        overwritten: 0,
        stuck: 0,
      },
      failure:
        first ??
        (careless.lost === 0
          ? 'With synchronous=NORMAL nothing was lost: this proof cannot fail.'
          : undefined),
      notes: [
        ...ran.map(
          ({ name, counts }) =>
            `${name}: ${counts.states} states after ${counts.events} calls, ${counts.wrong} not whole`,
        ),
        `with synchronous=NORMAL ${careless.lost} of ${careless.states} states had lost something`,
      ],
    }
  },
}
