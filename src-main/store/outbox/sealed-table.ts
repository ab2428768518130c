import type { z } from 'zod'
import type { Connection } from '../open-database.ts'
import { seal, unseal } from './sealed-row.ts'
import type { SealedRow } from './sealed-row.ts'

export type SealedTableName = 'id_map' | 'specimen' | 'fact'
export type DamagedRow = { id: string; reason: string }

/** A small table of named values with a checksum a row. Damaged rows are kept and reported, never answered. */
export function createSealedTable<T>(db: Connection, table: SealedTableName, schema: z.ZodType<T>) {
  const one = db.prepare<[string], SealedRow>(`SELECT id, body, checksum FROM ${table} WHERE id = ?`)
  const all = db.prepare<[], SealedRow>(`SELECT id, body, checksum FROM ${table} ORDER BY seq`)
  const write = db.prepare<[string, string, string]>(
    `INSERT INTO ${table} (id, body, checksum) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, checksum = excluded.checksum`,
  )
  const named = db
    .prepare<[string, string], string>(
      `SELECT id FROM ${table} WHERE substr(id, 1, length(?)) = ? ORDER BY id`,
    )
    .pluck()
  const drop = db.prepare<[string]>(`DELETE FROM ${table} WHERE id = ?`)
  return {
    get(id: string): T | undefined {
      const row = one.get(id)
      if (row === undefined) return undefined
      const opened = unseal(table, row, schema)
      return opened.ok ? opened.value : undefined
    },
    entries(): [string, T][] {
      return all.all().flatMap((row): [string, T][] => {
        const opened = unseal(table, row, schema)
        return opened.ok ? [[row.id, opened.value]] : []
      })
    },
    names: (prefix: string): string[] => named.all(prefix, prefix),
    set(id: string, value: T): void {
      const { body, checksum } = seal(table, id, value)
      write.run(id, body, checksum)
    },
    remove: (id: string) => void drop.run(id),
    damaged(): DamagedRow[] {
      return all.all().flatMap((row) => {
        const opened = unseal(table, row, schema)
        return opened.ok ? [] : [{ id: row.id, reason: opened.reason }]
      })
    },
  }
}
