import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createPackReading } from '#main/store/cache/packed-table.ts'
import { createCacheWriter } from '#main/store/cache/writer.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { anAlert } from '#tests/support/make.ts'

describe('from the version before', () => {
  it('alerts stay as they are, nothing counts as taken along, and taking along can begin', () => {
    const db = new Database(':memory:')
    db.pragma('foreign_keys = ON')
    migrate(
      db,
      cacheMigrations.filter(({ version }) => version < 40),
    )
    const alert = anAlert({ id: '~1', stage: 'New', severity: 4 })
    db.prepare(
      `INSERT INTO alert (pk, id, type, source, source_ref, title, severity, tlp, pap, status, stage, inbox, date, urgency, touched_at,
         tags, observable_count, assignee, case_id, pending, fetched_at)
       VALUES (1, '~1', 'edr', 'sensor', '1', 't', 4, 'amber', 'amber', 'New', 'New', 1, 1, 40000000000001, 1, '[]', 0, NULL, NULL, 0, 1)`,
    ).run()
    db.prepare('INSERT INTO alert_body (pk, body, base) VALUES (1, ?, NULL)').run(JSON.stringify(alert))
    const row = () => db.prepare('SELECT * FROM alert').get()
    const known = row()
    migrate(db, cacheMigrations)
    expect(row()).toEqual(known)
    const reading = createPackReading(db)
    expect(reading.packed([1]).entries).toMatchObject([{ id: '~1', packedAt: undefined, similar: false }])
    const writer = createCacheWriter(db, () => undefined)
    writer.savePacked({ alertId: '~1', at: 7, stamp: 5, similar: { cases: [], alerts: [] } })
    writer.savePacked({ alertId: '~1', at: 9, stamp: 6 })
    expect(reading.packed([1]).entries).toMatchObject([{ packedAt: 9, packedStamp: 6, similar: true }])
    expect(reading.similar('~1')).toEqual({ cases: [], alerts: [], asOf: 9 })
    writer.removeAlert('~1')
    expect(db.prepare('SELECT count(*) FROM packed').pluck().get()).toBe(0)
  })
})
