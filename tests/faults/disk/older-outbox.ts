import { mkdirSync } from 'node:fs'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { seal } from '#main/store/outbox/sealed-row.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { anOperation } from '#tests/support/make.ts'
import { connectAt } from './older-files.ts'

const operations = 40

/** An outbox as the version wrote it that `version` numbers, with waiting and sent decisions, an id and a fact. */
export function olderOutbox(folder: string, version: number): void {
  mkdirSync(folder, { recursive: true })
  const upTo = outboxMigrations.filter((migration) => migration.version <= version)
  const db = connectAt(outboxPath(folder), 'outbox', upTo)
  migrate(db, upTo)
  const insert = db.prepare(
    'INSERT INTO operation (id, state, sent_at, body, checksum) VALUES (?, ?, ?, ?, ?)',
  )
  for (let n = 0; n < operations; n++) {
    const sent = n % 3 === 0
    const one = anOperation(
      'comment.add',
      { localId: `local:${n}`, message: `note ${n}` },
      { id: `op-${n}`, ...(sent && { state: 'sent', receipt: { at: n, note: 'Sent.' } }) },
    )
    const { id, body, checksum } = seal('operation', one.id, one)
    insert.run(id, one.state, sent ? n : null, body, checksum)
  }
  for (const table of ['id_map', 'fact']) {
    const { id, body, checksum } = seal(table, 'local:1', '~1')
    db.prepare(`INSERT INTO ${table} (id, body, checksum) VALUES (?, ?, ?)`).run(id, body, checksum)
  }
  db.close()
}
