import { existsSync } from 'node:fs'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { backupPath, cachePath, siblingPath } from '#main/store/profile-files.ts'
import type { Session, Verdict } from './cut-power.ts'
import { dumpCopy } from './dump-copy.ts'
import { migratedDump, subjects } from './migrated-files.ts'
import { olderCache, pageOfAlerts } from './older-files.ts'
import { proofKey, withFolderSync } from './proof-folder.ts'

const pages = 3
const oldest = cacheMigrations[0]?.version ?? 0
const newest = newestVersion(cacheMigrations)
const here = (folder: string) => ({ folder, keyHex: proofKey, care: 'precious' }) as const

/** What the file of each version holds, and what it holds after opening and after each page. */
type Course = { olds: ReadonlyMap<number, string>; after: readonly string[]; acked: number }

/** Opening a workspace of the oldest version, which copies and migrates it; three pages; closing, which backs it up. */
export function cacheCuts({ seed, states }: { seed: number; states: number }): Session {
  const [workspace] = subjects
  if (workspace === undefined) throw new Error('There is no workspace to migrate.')
  const olds = new Map(
    cacheMigrations.map(({ version }) => [version, migratedDump(workspace, oldest, version)]),
  )
  const after = dumpsAfter(seed)
  return {
    ...{ name: 'workspace, migrated', seed, states },
    script: 'cache-session.ts',
    args: [String(seed), String(pages)],
    prepare: (folder) => olderCache(folder, oldest),
    check(folder, acked) {
      try {
        return verdict(folder, { olds, after, acked })
      } catch (thrown) {
        return { lost: false, what: `it does not open: ${String(thrown)}` }
      }
    },
  }
}

function dumpsAfter(seed: number): string[] {
  return withFolderSync((folder) => {
    olderCache(folder, oldest)
    const writer = openCacheWriter(here(folder))
    const dumps = [dumpAt(cachePath(folder)).dump]
    for (let page = 1; page <= pages; page++) {
      writer.ingestAlerts(pageOfAlerts(seed, page), page)
      dumps.push(dumpAt(cachePath(folder)).dump)
    }
    writer.close()
    return dumps
  })
}

function verdict(folder: string, course: Course): Verdict {
  const { olds, after, acked } = course
  const path = cachePath(folder)
  const { version, dump } = dumpAt(path)
  const done = Math.min(Math.max(acked - 1, 0), pages)
  const allowed =
    version < newest ? [acked === 0 ? olds.get(version) : undefined] : after.slice(done, done + 2)
  if (!allowed.includes(dump)) {
    const lost = acked > 0 && (version < newest || after.slice(0, done).includes(dump))
    return { lost, what: `at version ${version} it is neither exactly old nor exactly new` }
  }
  const writer = openCacheWriter(here(folder))
  const damage = writer.damage()
  const found = dumpAt(path).dump
  writer.close()
  if (damage !== undefined) return { lost: false, what: `opening found damage: ${JSON.stringify(damage)}` }
  if (found !== (version < newest ? after[0] : dump))
    return { lost: false, what: 'opening it again left something else' }
  return copiesVerdict(folder, version, course)
}

/** The copy from before the migration is there as soon as anything was migrated; what is there under the name of a copy is whole. */
function copiesVerdict(folder: string, version: number, { olds, after, acked }: Course): Verdict {
  const copy = siblingPath(cachePath(folder), `before-${oldest}`)
  if (!existsSync(copy) && version > oldest) return { lost: false, what: 'migrated without a copy' }
  if (existsSync(copy) && dumpAt(copy).dump !== olds.get(oldest))
    return { lost: false, what: 'the copy is not the old file' }
  const backup = backupPath(cachePath(folder))
  if (existsSync(backup) ? !after.includes(dumpAt(backup).dump) : acked > pages + 1)
    return { lost: false, what: 'the backup is missing or not whole' }
  return undefined
}

const dumpAt = (path: string) => dumpCopy(path, cacheMigrations)
