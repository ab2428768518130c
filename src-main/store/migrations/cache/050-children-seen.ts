import type { Migration } from '../migration.ts'

/** When the comments, TTPs and attachments of an alert were fetched: no list brings them, and no stamp of the alert tells of them. */
export const childrenSeen: Migration = {
  version: 50,
  name: 'children seen',
  up: (db) => {
    db.exec(`
      CREATE TABLE children_seen (
        alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
        at INTEGER NOT NULL
      ) STRICT;
    `)
    // What was taken along was fetched whole.
    db.exec('INSERT INTO children_seen (alert_pk, at) SELECT alert_pk, packed_at FROM packed')
  },
}
