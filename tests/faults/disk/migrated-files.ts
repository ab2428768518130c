import { mkdirSync } from 'node:fs'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { Damage } from '#main/store/damage.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import type { Migration } from '#main/store/migrations/migration.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { cachePath, outboxPath } from '#main/store/profile-files.ts'
import { connectAt, dumpOf, olderCache } from './older-files.ts'
import { olderOutbox } from './older-outbox.ts'
import { proofKey, withFolderSync } from './proof-folder.ts'

/** A database that is migrated at opening. */
export type Subject = {
  name: string
  migrations: readonly Migration[]
  /** Whether it is copied before its first migration. */
  isCopied: boolean
  path: (folder: string) => string
  /** Version 0: nothing is there yet. */
  make: (folder: string, version: number) => void
  open: (folder: string) => { close: () => void; damage: () => Damage | undefined }
}

const cache = (care: 'precious' | 'disposable'): Subject => ({
  name: `${care} cache`,
  migrations: cacheMigrations,
  isCopied: care === 'precious',
  path: cachePath,
  make: (folder, version) =>
    version === 0 ? void mkdirSync(folder, { recursive: true }) : olderCache(folder, version),
  open: (folder) => openCacheWriter({ folder, keyHex: proofKey, care }),
})

export const subjects: readonly Subject[] = [
  cache('precious'),
  cache('disposable'),
  {
    name: 'outbox',
    migrations: outboxMigrations,
    isCopied: true,
    path: outboxPath,
    make: (folder, version) =>
      version === 0 ? void mkdirSync(folder, { recursive: true }) : olderOutbox(folder, version),
    open: (folder) => openOutbox({ folder, keyHex: proofKey, care: 'disposable' }),
  },
]

export const versionsOf = ({ migrations }: Subject): number[] => [
  0,
  ...migrations.map(({ version }) => version),
]

/** What the file of version `from` holds once it is of version `to`, step by step and without the product's runner. */
export function migratedDump(subject: Subject, from: number, to: number): string {
  return withFolderSync((folder) => {
    subject.make(folder, from)
    const db = connectAt(subject.path(folder), 'cache', subject.migrations)
    for (const migration of subject.migrations.filter(({ version }) => version > from && version <= to))
      migration.up(db)
    const dump = dumpOf(db)
    db.close()
    return dump
  })
}
