import type { Random } from '#tests/support/alerts/random.ts'
import { misfortunesOfReads, misfortunesOfWrites } from './misfortunes.ts'
import type { Misfortune } from './misfortunes.ts'

/** What an analyst can decide here. The last two make a thing and go on with it before any server knows it. */
export const sorts = [
  'close',
  'tag',
  'title',
  'comment',
  'observable',
  'procedure',
  'case',
  'promote',
  'merge into a new case',
  'comment on a new alert',
] as const
export type Sort = (typeof sorts)[number]

/** When a colleague gives the same alert another title: ahead of the first request, or between a lost answer and the next one. */
export type Colleague = 'first' | 'between'

export type Step = { sort: Sort; colleague: Colleague }

/** One history, the same for every client: what is decided, and what happens to the nth request that changes something, or only asks. */
export type Script = {
  steps: readonly Step[]
  writes: readonly (Misfortune | undefined)[]
  reads: readonly (Misfortune | undefined)[]
}

const decisions = 9
const struckWrites = 12
const struckReads = 40
const oneIn = { write: 3, read: 8 } as const
/** More would only have the peers wait longer: they double their pause each time. */
const mostInARow = 3

export function drawScript(random: Random): Script {
  const some = (count: number, chance: number, from: readonly Misfortune[]) => {
    const drawn: (Misfortune | undefined)[] = []
    for (let n = 0; n < count; n += 1) {
      const tired = drawn.length >= mostInARow && drawn.slice(-mostInARow).every((one) => one !== undefined)
      drawn.push(random.below(chance) === 0 && !tired ? random.pick(from) : undefined)
    }
    return drawn
  }
  return {
    steps: Array.from({ length: decisions }, () => ({
      sort: random.pick(sorts),
      colleague: random.below(3) === 0 ? 'first' : 'between',
    })),
    writes: some(struckWrites, oneIn.write, misfortunesOfWrites),
    reads: some(struckReads, oneIn.read, misfortunesOfReads),
  }
}
