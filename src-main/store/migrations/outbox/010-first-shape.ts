import type { Migration } from '../migration.ts'

/**
 * Operations, id map, specimens and facts. Every table keeps its rowid (salvage walks it) and a SHA-256 a row,
 * because SQLite itself notices only half of all small damage.
 */
export const firstShape: Migration = {
  version: 10,
  name: 'first shape',
  up: (db) => {
    db.exec(`
      CREATE TABLE operation (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        sent_at INTEGER,
        body TEXT NOT NULL,
        checksum TEXT NOT NULL
      ) STRICT;
      CREATE INDEX operation_pending ON operation (seq) WHERE state <> 'sent';
      CREATE INDEX operation_sent ON operation (sent_at, seq) WHERE state = 'sent';

      CREATE TABLE id_map (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        checksum TEXT NOT NULL
      ) STRICT;

      CREATE TABLE specimen (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        checksum TEXT NOT NULL
      ) STRICT;

      CREATE TABLE fact (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        checksum TEXT NOT NULL
      ) STRICT;
    `)
  },
}
