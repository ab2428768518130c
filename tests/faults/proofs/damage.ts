import { seededRandom } from '#tests/support/alerts/random.ts'
import { damageKinds } from '../disk/damage-kinds.ts'
import { makeSpecimens } from '../disk/damaged-profiles.ts'
import { tryDamage } from '../disk/damage-trial.ts'
import type { Trial, Wrong } from '../disk/damage-trial.ts'
import { withFolder, withFolderSync } from '../disk/proof-folder.ts'
import type { Proof } from '../proof.ts'

const trials = { quick: 110, full: 2_200 } as const

/** A profile must be usable after this long, ms. */
const longestOpening = 5_000

/**
 * SPEC.md, promise 6, for files that were damaged: the profile opens, the cache is begun anew or comes back from its backup, every decision
 * outside of the damaged place is there, nothing that was sent or undone goes out again, the damaged file is kept and all of it is told.
 */
export const proof: Proof = {
  name: 'damage',
  run: ({ size, seed }) =>
    withFolder((root) => {
      const random = seededRandom(seed)
      const specimens = makeSpecimens(root, seed)
      const found: { trial: Trial; wrong: Wrong; n: number }[] = []
      let slow = 0
      for (let n = 0; n < trials[size]; n++) {
        const kind = damageKinds[n % damageKinds.length] ?? random.pick(damageKinds)
        const trial: Trial = {
          kind,
          specimen: random.pick(specimens),
          file: random.pick(['cache', 'outbox', 'outbox']),
        }
        const { wrong, ms } = withFolderSync((folder) => tryDamage(trial, folder, random))
        if (ms > longestOpening) slow++
        if (wrong !== undefined) found.push({ trial, wrong, n })
      }
      const count = (column: Wrong['column']) => found.filter(({ wrong }) => wrong.column === column).length
      const [first] = found
      return {
        ...{
          runs: trials[size],
          lost: count('lost'),
          repeated: count('repeated'),
          overwritten: 0,
          stuck: count('stuck'),
        },
        failure:
          first === undefined
            ? undefined
            : `seed ${seed}, trial ${first.n}: ${told(first.trial)}: ${first.wrong.what}`,
        notes: [`${slow} of ${trials[size]} took longer than ${longestOpening / 1000} s to be usable`],
      }
    }),
}

const told = ({ specimen, file, kind }: Trial): string =>
  `${file} of a ${specimen.name} profile, ${kind.name}`
