import type { Connection } from '#main/store/open-database.ts'

/** The schema as text, in a stable order; what FTS5 keeps for itself is left out. */
export function schemaOf(db: Connection): string {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema
       WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_index_%'
       ORDER BY type DESC, name`,
    )
    .all()
  const version = String(db.pragma('user_version', { simple: true }))
  const plain = rows.map(({ sql }) => sql.replaceAll(/\s+/g, ' ').trim())
  return [`-- version ${version}`, ...plain.map((sql) => `${sql};`), ''].join('\n')
}
