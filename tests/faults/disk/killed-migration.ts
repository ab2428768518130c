import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { siblingPath } from '#main/store/profile-files.ts'
import type { Verdict } from './cut-power.ts'
import { dumpCopy } from './dump-copy.ts'
import { eachStatement } from './each-statement.ts'
import { migratedDump, versionsOf } from './migrated-files.ts'
import type { Subject } from './migrated-files.ts'

/** Opens a file of version `from` and answers copies of its folder: as it was before each statement, and once it was open. */
export function imagesOf(subject: Subject, from: number, root: string): string[] {
  const folder = join(root, 'p')
  const images: string[] = []
  const keep = (): void => {
    const image = join(root, `image-${images.length}`)
    cpSync(folder, image, { recursive: true })
    images.push(image)
  }
  subject.make(folder, from)
  const end = eachStatement(keep)
  try {
    const opened = subject.open(folder)
    end()
    keep()
    opened.close()
  } finally {
    end()
  }
  return images
}

/** What every version holds, from the file of version `from`. */
export const dumpsFrom = (subject: Subject, from: number): Map<number, string> =>
  new Map(
    versionsOf(subject)
      .filter((version) => version >= from)
      .map((version) => [version, migratedDump(subject, from, version)]),
  )

export type Killed = { subject: Subject; from: number; dumps: ReadonlyMap<number, string> }

/** A folder that a killed migration left: one version exactly, the copy from before it, and the newest version after the next opening. */
export function killedVerdict(folder: string, { subject, from, dumps }: Killed): Verdict {
  const { migrations, path } = subject
  try {
    const left = dumpCopy(path(folder), migrations)
    if (left.dump !== dumps.get(left.version))
      return { lost: false, what: `at version ${left.version} it is neither exactly old nor exactly new` }
    const copy = siblingPath(path(folder), `before-${from}`)
    if (subject.isCopied && from > 0 && left.version > from && !existsSync(copy))
      return { lost: false, what: 'it was migrated without a copy' }
    if (existsSync(copy) && dumpCopy(copy, migrations).dump !== dumps.get(from))
      return { lost: false, what: 'the copy is not the old file' }
    const opened = subject.open(folder)
    const damage = opened.damage()
    const after = dumpCopy(path(folder), migrations)
    opened.close()
    if (damage !== undefined) return { lost: false, what: `opening found damage: ${JSON.stringify(damage)}` }
    const isWhole = after.version === newestVersion(migrations) && after.dump === dumps.get(after.version)
    return isWhole
      ? undefined
      : { lost: true, what: 'the next opening did not bring it to the newest version' }
  } catch (thrown) {
    return { lost: false, what: `it does not open: ${String(thrown)}` }
  }
}
