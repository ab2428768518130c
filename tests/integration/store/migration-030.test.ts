import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createCacheWriter } from '#main/store/cache/writer.ts'
import { createCounts } from '#main/store/cache/queue-rows.ts'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { anAlert } from '#tests/support/make.ts'

const before = cacheMigrations.filter(({ version }) => version < 30)

type Stored = { pk: number; stage: string; severity: number; assignee: string | null }

/** A cache as the version before wrote it: marked alerts still counted. */
function olderCache(alerts: readonly Stored[], gone: readonly number[]) {
  const db = new Database(':memory:')
  migrate(db, before)
  const insert = db.prepare(
    `INSERT INTO alert (pk, id, type, source, source_ref, title, severity, tlp, pap, status, stage, inbox, date, urgency, touched_at, tags,
       observable_count, assignee, case_id, pending, fetched_at)
     VALUES (@pk, @id, 'edr', 'sensor', @id, 't', @severity, 'amber', 'amber', @stage, @stage, @stage = 'New', 1,
       @severity * 10000000000000 + 1, 1, '[]', 0, @assignee, NULL, 0, 1)`,
  )
  const count = db.prepare(
    'INSERT INTO counter (name, key, n) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
  )
  for (const row of alerts) {
    const { pk, stage, severity, assignee } = row
    insert.run({ ...row, id: `~${pk}` })
    const alert = anAlert({ id: `~${pk}`, stage: stage as 'New', severity: severity as 1 })
    db.prepare('INSERT INTO alert_body (pk, body, base) VALUES (?, ?, NULL)').run(pk, JSON.stringify(alert))
    const inbox = [
      ['inbox', ''],
      ['severity', String(severity)],
      ['source', 'sensor'],
      ['type', 'edr'],
      assignee === null ? ['unassigned', ''] : ['assignee', assignee],
    ]
    for (const [name, key] of [['all', ''], ['stage', stage], ...(stage === 'New' ? inbox : [])])
      count.run(name, key)
  }
  for (const pk of gone) db.prepare('INSERT INTO gone (alert_pk, since) VALUES (?, 5)').run(pk)
  return db
}

const stored: readonly Stored[] = [
  { pk: 1, stage: 'New', severity: 4, assignee: null },
  { pk: 2, stage: 'New', severity: 4, assignee: 'ana' },
  { pk: 3, stage: 'New', severity: 2, assignee: null },
  { pk: 4, stage: 'Closed', severity: 2, assignee: null },
]

describe('from the version before', () => {
  it('marked alerts keep their mark and leave the counts of the open ones', () => {
    const db = olderCache(stored, [1, 2, 4])
    migrate(db, cacheMigrations)
    expect(createCounts(db)('ana')).toMatchObject({
      total: 4,
      views: { inbox: 1, mine: 0, unassigned: 1, critical: 0, closed: 1 },
      stages: { New: 3, Closed: 1 },
      severities: { 2: 1 },
      sources: { sensor: 1 },
      types: { edr: 1 },
    })
    expect(db.prepare('SELECT alert_pk FROM gone ORDER BY 1').pluck().all()).toEqual([1, 2, 4])
    expect(db.prepare('SELECT count(*) FROM counter WHERE n = 0').pluck().get()).toBe(0)
  })

  it('counts are left as they were where nothing was marked, and sweeping can begin', () => {
    const db = olderCache(stored, [])
    const counts = () => db.prepare('SELECT * FROM counter ORDER BY name, key').all()
    const known = counts()
    migrate(db, cacheMigrations)
    expect(counts()).toEqual(known)
    const writer = createCacheWriter(db, () => undefined)
    expect(writer.sweepPage(['~1', '~9'])).toEqual({ back: [], unknown: 1 })
  })
})
