import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { schemaOf } from '#tests/support/store/schema-of.ts'

const howToFix = `The schema is not the committed one. Released migrations are never edited: add a new one.
Then write the snapshots anew and commit them: node tests/support/store/write-schemas.ts`

describe('the committed schema', () => {
  it.each([
    ['cache', cacheMigrations],
    ['outbox', outboxMigrations],
  ] as const)('of the %s is what its migrations make', (name, migrations) => {
    const db = new Database(':memory:')
    migrate(db, migrations)
    const committed = readFileSync(join(import.meta.dirname, 'schema', `${name}.sql`), 'utf8')
    expect(schemaOf(db), howToFix).toBe(committed)
    db.close()
  })

  it('numbers its migrations in tens', () => {
    const versions = [...cacheMigrations, ...outboxMigrations].map(({ version }) => version)
    // A correction squeezed in between is listed here, with its reason.
    expect(versions.filter((version) => version % 10 !== 0)).toEqual([])
  })
})
