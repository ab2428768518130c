import { mkdirSync } from 'node:fs'
import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { newestVersion } from '#main/store/migrations/migration.ts'
import type { Migration } from '#main/store/migrations/migration.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { openDatabase } from '#main/store/open-database.ts'
import type { Connection } from '#main/store/open-database.ts'
import { cachePath } from '#main/store/profile-files.ts'
import type { Alert } from '#shared/model/alert.ts'
import { makeAlert } from '#tests/support/alerts/make-alert.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import { aCase } from '#tests/support/make.ts'
import { proofKey } from './proof-folder.ts'

const pageSize = 20

/** Page `n` of a server's alerts: the same for the same seed. */
export function pageOfAlerts(seed: number, n: number): Alert[] {
  const random = seededRandom(seed + n)
  return Array.from({ length: pageSize }, (_, i) => makeAlert(random, n * pageSize + i))
}

/** A connection as the product makes one, on a file that may be of any version up to `migrations`. */
export function connectAt(
  path: string,
  file: 'cache' | 'outbox',
  migrations: readonly Migration[],
): Connection {
  return openDatabase({
    file,
    path,
    keyHex: proofKey,
    synchronous: 'FULL',
    newestVersion: newestVersion(migrations),
  })
}

/** A cache as the version wrote it that `version` numbers, with rows of every table that later versions change. */
export function olderCache(folder: string, version: number): void {
  mkdirSync(folder, { recursive: true })
  const upTo = cacheMigrations.filter((migration) => migration.version <= version)
  const db = connectAt(cachePath(folder), 'cache', upTo)
  migrate(db, upTo)
  for (const alert of pageOfAlerts(9, 0)) insertAlert(db, alert)
  insertRest(db, version)
  db.close()
}

function insertAlert(db: Connection, alert: Alert): void {
  const { severity, tlp, pap, stage, date, id, type, source, sourceRef, title, status } = alert
  const inbox = stage === 'New' || stage === 'InProgress' ? 1 : 0
  const { lastInsertRowid: pk } = db
    .prepare(
      `INSERT INTO alert (id, type, source, source_ref, title, severity, tlp, pap, status, stage, inbox, date, urgency, touched_at, tags,
         observable_count, assignee, case_id, pending, fetched_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '[]', 0, NULL, NULL, 0, 1)`,
    )
    .run(
      ...[id, type, source, sourceRef, title, severity, tlp, pap, status, stage, inbox, date],
      severity * 10_000_000_000_000 + date,
    )
  db.prepare('INSERT INTO alert_body (pk, body, base) VALUES (?, ?, NULL)').run(pk, JSON.stringify(alert))
  db.prepare('INSERT INTO alert_text (pk, folded) VALUES (?, ?)').run(pk, title)
  db.prepare('INSERT INTO text_index (rowid, folded) VALUES (?, ?)').run(pk, title)
  const count = db.prepare(
    'INSERT INTO counter (name, key, n) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
  )
  count.run('all', '')
  count.run('stage', stage)
  if (inbox === 0) return
  for (const [name, key] of [
    ['inbox', ''],
    ['severity', String(severity)],
    ['source', source],
    ['type', type],
    ['unassigned', ''],
  ])
    count.run(name, key)
}

function insertRest(db: Connection, version: number): void {
  const { flag: _f, customFields: _c, ...older } = aCase()
  const one = version < 20 ? older : aCase()
  db.prepare(
    'INSERT INTO case_ (id, number, started_at, folded, promised_by, body) VALUES (?, 9, 1, ?, NULL, ?)',
  ).run(one.id, 'a case', JSON.stringify(one))
  const keep = db.prepare('INSERT INTO kept (name, value) VALUES (?, ?)')
  keep.run('marks', '{"fill":"done","state":{}}')
  if (version < 20) keep.run('session', '{"login":"ana","capabilities":{"createAlert":true}}')
  if (version < 20) keep.run('catalog', '{"alertStatuses":[]}')
  if (version >= 20) db.exec('INSERT INTO gone (alert_pk, since) VALUES (1, 5), (2, 5)')
  if (version >= 40) db.exec('INSERT INTO packed (alert_pk, packed_at, stamp) VALUES (1, 7, 5)')
}

/** Every row of every table, and the schema: equal texts are equal databases. */
export function dumpOf(db: Connection): string {
  const tables = db
    .prepare<[], { name: string; sql: string | null }>(
      `SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name`,
    )
    .all()
  return tables
    .flatMap(({ name, sql }) => {
      const isTable = sql?.startsWith('CREATE TABLE') === true
      const rows = isTable
        ? db
            .prepare(`SELECT * FROM ${name}`)
            .raw()
            .all()
            .map((row) => JSON.stringify(row))
            .sort()
        : []
      return [`${name}: ${sql}`, ...rows]
    })
    .join('\n')
}
