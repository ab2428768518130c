import type { SetAside } from '../../domain/page.ts'
import type { Connection } from '../open-database.ts'

/** What came from the server and could not be read: kept as it came, counted, and gone once it arrives readable. */
export function createAsideTable(db: Connection) {
  const upsert = db.prepare<[string, string, string, string]>(
    `INSERT INTO aside (entity, id, reason, body) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET reason = excluded.reason, body = excluded.body`,
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM aside').pluck()
  const drop = db.prepare<[string, string]>('DELETE FROM aside WHERE entity = ? AND id = ?')
  const forget = db.prepare<[string]>('DELETE FROM aside WHERE entity = ?')
  return {
    put: (entries: readonly SetAside[]) =>
      entries.forEach(({ entity, id, reason, body }) => void upsert.run(entity, id, reason, body)),
    forget: (entity: SetAside['entity']) => void forget.run(entity),
    count: () => count.get() ?? 0,
    /** These arrived readable. */
    clear(entity: SetAside['entity'], ids: readonly string[]): void {
      if (count.get() === 0) return
      for (const id of ids) drop.run(entity, id)
    },
  }
}
export type AsideTable = ReturnType<typeof createAsideTable>
