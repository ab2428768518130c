import { missingPackages } from '../peers/clients/versions.ts'
import type { Compared } from '../peers/compare.ts'
import { peerLines } from '../peers/peer-lines.ts'
import type { Proof, ProofResult, ProofSizes } from '../proof.ts'

const histories = { quick: 6, full: 400 } as const

/**
 * What comparable queues do where Forager loses and repeats nothing: the same decisions, sent to the same server through the same
 * misfortunes. The peers' counts are told below the table; only Forager's own decide.
 */
export const proof: Proof = {
  name: 'peers',
  lacks: () => {
    const missing = missingPackages()
    return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`
  },
  run: async (sizes) => {
    // Not before it is known to be there: what it compares with are packages of others.
    const { compare } = await import('../peers/compare.ts')
    return resultOf(await compare(histories[sizes.size], sizes.seed), sizes)
  },
}

function resultOf([ours, ...peers]: readonly Compared[], { seed }: ProofSizes): ProofResult {
  if (ours === undefined) throw new Error('Forager was not among those compared.')
  const { counts, wrong, histories: runs } = ours
  return {
    ...{ runs, lost: counts.lost, repeated: counts.doubled + counts.again },
    ...{ overwritten: counts.overwritten, stuck: counts.stuck },
    ...(wrong.length > 0 && { failure: [`seed ${seed}`, ...wrong].join('\n  ') }),
    notes: peerLines([ours, ...peers]),
  }
}
