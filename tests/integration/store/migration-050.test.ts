import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createDetail } from '#main/store/cache/detail.ts'
import { createCacheWriter } from '#main/store/cache/writer.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { anAlert } from '#tests/support/make.ts'

describe('from the version before', () => {
  it('what was taken along counts as fetched then, nothing else does, and looking tells from now on', () => {
    const db = new Database(':memory:')
    db.pragma('foreign_keys = ON')
    migrate(
      db,
      cacheMigrations.filter(({ version }) => version < 50),
    )
    const insert = db.prepare(
      `INSERT INTO alert (pk, id, type, source, source_ref, title, severity, tlp, pap, status, stage, inbox, date, urgency, touched_at,
         tags, observable_count, assignee, case_id, pending, fetched_at)
       VALUES (?, ?, 'edr', 'sensor', ?, 't', 4, 'amber', 'amber', 'New', 'New', 1, 1, 40000000000001, 1, '[]', 0, NULL, NULL, 0, 1)`,
    )
    for (const pk of [1, 2]) {
      insert.run(pk, `~${pk}`, String(pk))
      const body = JSON.stringify(anAlert({ id: `~${pk}` }))
      db.prepare('INSERT INTO alert_body (pk, body, base) VALUES (?, ?, NULL)').run(pk, body)
    }
    db.exec('INSERT INTO packed (alert_pk, packed_at, stamp) VALUES (1, 7, 5)')
    migrate(db, cacheMigrations)
    const detail = createDetail(db, () => undefined)
    expect(detail('~1')?.childrenAt).toBe(7)
    expect(detail('~2')).not.toHaveProperty('childrenAt')
    const writer = createCacheWriter(db, () => undefined)
    writer.saveChildrenSeen('~2', 9)
    writer.saveChildrenSeen('~2', 11)
    writer.saveChildrenSeen('~3', 11)
    expect(detail('~2')?.childrenAt).toBe(11)
    writer.removeAlert('~2')
    expect(db.prepare('SELECT count(*) FROM children_seen').pluck().get()).toBe(1)
  })
})
