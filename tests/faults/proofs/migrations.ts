import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Verdict } from '../disk/cut-power.ts'
import { dumpsFrom, imagesOf, killedVerdict } from '../disk/killed-migration.ts'
import type { Killed } from '../disk/killed-migration.ts'
import { subjects, versionsOf } from '../disk/migrated-files.ts'
import type { Subject } from '../disk/migrated-files.ts'
import { connectAt } from '../disk/older-files.ts'
import { withFolder, withFolderSync } from '../disk/proof-folder.ts'
import type { Proof } from '../proof.ts'

/** Real kills a version and database; every statement where it is Infinity. */
const kills = { quick: 1, full: Infinity } as const

type Found = { where: string; verdict: Verdict }

/**
 * Opening a file of any released version, killed ahead of each of its statements: it is exactly of one version, the copy from before is
 * whole, and the next opening finishes. The state of the files is taken at each statement within one process; some or all are killed for real.
 */
export const proof: Proof = {
  name: 'migrations',
  async run({ size, seed }) {
    const random = seededRandom(seed)
    const found: Found[] = []
    let killed = 0
    for (const subject of subjects) {
      const newest = newestVersion(subject.migrations)
      for (const from of versionsOf(subject).filter((version) => version < newest)) {
        const course: Killed = { subject, from, dumps: dumpsFrom(subject, from) }
        const stops = await killedInside(course, found)
        const real = Math.min(stops, kills[size])
        for (let n = 0; n < real; n++)
          found.push(killedForReal(course, real === stops ? n : random.below(stops)))
        killed += real
      }
      found.push({ where: `${subject.name} of a newer Forager`, verdict: newerVerdict(subject) })
    }
    const wrong = found.filter(({ verdict }) => verdict !== undefined)
    const [first] = wrong
    return {
      ...{
        runs: found.length,
        lost: wrong.filter(({ verdict }) => verdict?.lost).length,
        repeated: 0,
        overwritten: 0,
        stuck: 0,
      },
      failure: first && `${wrong.length} of ${found.length}: ${first.where}: ${first.verdict?.what}`,
      notes: [`${killed} of them were processes killed ahead of a statement`],
    }
  },
}

/** Answers how many statements there are. */
function killedInside(course: Killed, found: Found[]): Promise<number> {
  return withFolder((root) => {
    const images = imagesOf(course.subject, course.from, root)
    for (const [n, image] of images.entries())
      found.push({ where: placeOf(course, n), verdict: killedVerdict(image, course) })
    return images.length - 1
  })
}

const placeOf = ({ subject, from }: Killed, n: number): string =>
  `${subject.name} from version ${from}, statement ${n}`

function killedForReal(course: Killed, statement: number): Found {
  return withFolderSync((root) => {
    const folder = join(root, 'p')
    course.subject.make(folder, course.from)
    const script = join(import.meta.dirname, '../disk/migration-session.ts')
    const { signal, stdout } = spawnSync(process.execPath, [
      script,
      folder,
      course.subject.name,
      String(statement),
    ])
    const where = `${placeOf(course, statement)}, killed`
    if (signal !== 'SIGKILL')
      return { where, verdict: { lost: false, what: `it was not killed: ${String(stdout)}` } }
    return { where, verdict: killedVerdict(folder, course) }
  })
}

/** Refused by name, and not a byte of it changed. */
function newerVerdict(subject: Subject): Verdict {
  return withFolderSync((folder) => {
    const newest = newestVersion(subject.migrations)
    subject.make(folder, newest)
    const db = connectAt(subject.path(folder), 'cache', subject.migrations)
    db.pragma(`user_version = ${newest + 10}`)
    db.close()
    const files = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'hex')])
    const before = JSON.stringify(files())
    try {
      subject.open(folder).close()
      return { lost: false, what: 'it was opened' }
    } catch (thrown) {
      const named =
        thrown instanceof ForagerError && thrown.kind === 'newer-file' && thrown.next !== undefined
      if (!named) return { lost: false, what: `it was refused with ${String(thrown)}` }
      return JSON.stringify(files()) === before
        ? undefined
        : { lost: false, what: 'it was refused and changed' }
    }
  })
}
