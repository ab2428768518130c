import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'

/** Single values by name, as JSON: session, catalogue, sync marks, the state of a fill. */
export function createKeptTable(db: Connection) {
  const read = db.prepare<[string], string>('SELECT value FROM kept WHERE name = ?').pluck()
  const write = db.prepare<[string, string]>(
    'INSERT INTO kept (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const drop = db.prepare<[string]>('DELETE FROM kept WHERE name = ?')
  return {
    get<T>(name: string): T | undefined {
      const text = read.get(name)
      return text === undefined ? undefined : parseStored<T>(text)
    },
    set: (name: string, value: unknown) => void write.run(name, JSON.stringify(value)),
    remove: (name: string) => void drop.run(name),
  }
}
export type KeptTable = ReturnType<typeof createKeptTable>
