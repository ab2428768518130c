import type { Proof, ProofResult } from '../proof.ts'
import { mutantTree } from '../mutations/mutant-tree.ts'
import { planted } from '../mutations/planted.ts'
import type { Planted } from '../mutations/planted.ts'

/** The simulation can fail: every defect planted in a copy of the program is noticed by a history. */
export const proof: Proof = { name: 'mutations', run }

/** The program as it is, under all the histories. */
const nothing: Planted = {
  ...{ name: 'no defect', file: 'package.json', from: '{', to: '{' },
  scripts: [...new Set(planted.flatMap(({ scripts }) => scripts))],
}

async function run(): Promise<ProofResult> {
  const tree = mutantTree()
  const caught: string[] = []
  const unseen: string[] = []
  try {
    const sound = await tree.plant(nothing)
    if (sound !== undefined) unseen.push(`the histories go wrong without any defect: ${sound}`)
    for (const defect of planted) {
      const by = await tree.plant(defect)
      if (by === undefined) unseen.push(defect.name)
      else caught.push(`${defect.name}: ${by}`)
    }
  } finally {
    tree.remove()
  }
  return {
    ...{ runs: planted.length, lost: 0, repeated: 0, overwritten: 0, stuck: 0 },
    failure: unseen.length === 0 ? undefined : `not noticed: ${unseen.join('; ')}`,
    notes: [`${caught.length} of ${planted.length} planted defects noticed`, ...caught],
  }
}
