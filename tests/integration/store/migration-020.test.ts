import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { sessionSchema } from '#shared/model/session.ts'
import { caseSchema } from '#shared/model/case.ts'
import { catalogSchema } from '#shared/model/catalog.ts'
import { aCase } from '#tests/support/make.ts'

const before = cacheMigrations.filter(({ version }) => version < 20)

/** A cache as the version before wrote it. */
function olderCache(readOnlyReason?: string) {
  const db = new Database(':memory:')
  migrate(db, before)
  const { flag: _f, customFields: _c, ...older } = aCase()
  db.prepare(
    'INSERT INTO case_ (id, number, started_at, folded, promised_by, body) VALUES (?, 9, 1, ?, NULL, ?)',
  ).run(older.id, 'a case', JSON.stringify(older))
  const session = {
    ...{ flavour: 'thehive5', version: '5.6.2', login: 'ana', userName: 'Ana', organisation: 'acme' },
    ...{ organisations: ['acme'], permissions: [] },
    capabilities: {
      createAlert: true,
      comment: false,
      ...(readOnlyReason !== undefined && { readOnlyReason }),
    },
  }
  const catalog = { alertStatuses: [], caseTemplates: [], customFields: [], users: [], observableTypes: [] }
  const keep = db.prepare('INSERT INTO kept (name, value) VALUES (?, ?)')
  keep.run('session', JSON.stringify(session))
  keep.run('catalog', JSON.stringify(catalog))
  keep.run('marks', '{"fill":"done","state":{}}')
  return db
}

const kept = (db: Database.Database, name: string): unknown =>
  JSON.parse(db.prepare<[string], string>('SELECT value FROM kept WHERE name = ?').pluck().get(name) ?? '')

describe('from the version before', () => {
  it('cases keep what they had and gain what is new', () => {
    const db = olderCache()
    migrate(db, cacheMigrations)
    const [row] = db.prepare<[], { body: string; pending: number }>('SELECT body, pending FROM case_').all()
    expect(caseSchema.parse(JSON.parse(row!.body))).toEqual(aCase())
    expect(JSON.parse(row!.body)).toHaveProperty('flag', false)
    expect(row!.pending).toBe(0)
  })

  it('who we are is still known; what a server cannot do is asked anew at the next connection', () => {
    const db = olderCache('the licence has ended')
    migrate(db, cacheMigrations)
    const session = sessionSchema.parse(kept(db, 'session'))
    expect(session).toMatchObject({ login: 'ana', organisation: 'acme' })
    expect(session.capabilities).toMatchObject({ cannot: {}, readOnlyReason: 'the licence has ended' })
    expect(kept(db, 'marks')).toEqual({ fill: 'done', state: {} })
  })

  it('a server that took changes still does, and its catalogue can be read', () => {
    const db = olderCache()
    migrate(db, cacheMigrations)
    const { capabilities } = sessionSchema.parse(kept(db, 'session'))
    expect(capabilities).not.toHaveProperty('readOnlyReason')
    expect(catalogSchema.parse(kept(db, 'catalog'))).toMatchObject({ caseStatuses: [], techniques: [] })
  })
})
