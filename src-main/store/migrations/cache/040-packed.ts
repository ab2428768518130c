import type { Migration } from '../migration.ts'

/** What was taken along for work without a server: which alerts were fetched whole and when, and what the server counted as similar. */
export const packed: Migration = {
  version: 40,
  name: 'packed',
  up: (db) => {
    db.exec(`
      CREATE TABLE packed (
        alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
        packed_at INTEGER NOT NULL,
        stamp INTEGER NOT NULL,
        similar TEXT
      ) STRICT;
    `)
  },
}
