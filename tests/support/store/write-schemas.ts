import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { schemaOf } from './schema-of.ts'

// Run after adding a migration: node tests/support/store/write-schemas.ts
const folder = join(import.meta.dirname, '../../integration/store/schema')
for (const [name, migrations] of [
  ['cache', cacheMigrations],
  ['outbox', outboxMigrations],
] as const) {
  const db = new Database(':memory:')
  migrate(db, migrations)
  writeFileSync(join(folder, `${name}.sql`), schemaOf(db))
  db.close()
}
