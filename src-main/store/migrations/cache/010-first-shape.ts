import type { Migration } from '../migration.ts'

/**
 * `alert` holds what lists need and stays narrow, so that indexes build and pages load quickly; `alert_body` holds the whole.
 * `inbox` and `urgency` are plain columns, because SQLite never answers generated ones from an index alone.
 * Indexes start with what a view fixes, then the sort value and the row key, then what else a filter may ask: no filter leaves them.
 */
export const firstShape: Migration = {
  version: 10,
  name: 'first shape',
  up: (db) => {
    db.exec(alertTables)
    db.exec(alertIndexes)
    db.exec(otherTables)
  },
}

const alertTables = `
  CREATE TABLE alert (
    pk INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source TEXT NOT NULL,
    source_ref TEXT NOT NULL,
    title TEXT NOT NULL,
    severity INTEGER NOT NULL,
    tlp TEXT NOT NULL,
    pap TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    inbox INTEGER NOT NULL CHECK (inbox = (stage IN ('New', 'InProgress'))),
    date INTEGER NOT NULL,
    urgency INTEGER NOT NULL CHECK (urgency = severity * 10000000000000 + date),
    touched_at INTEGER NOT NULL,
    tags TEXT NOT NULL,
    observable_count INTEGER NOT NULL,
    assignee TEXT,
    case_id TEXT,
    pending INTEGER NOT NULL,
    fetched_at INTEGER
  ) STRICT;

  CREATE TABLE alert_body (
    pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
    body TEXT NOT NULL,
    base TEXT
  ) STRICT;

  CREATE TABLE alert_text (
    pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
    folded TEXT NOT NULL
  ) STRICT;

  CREATE TABLE alert_tag (
    alert_pk INTEGER NOT NULL REFERENCES alert (pk) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (alert_pk, tag)
  ) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE text_index USING fts5 (
    folded, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
  );
`

const filtered = 'stage, severity, source, type, assignee, status, case_id'
const alertIndexes = `
  CREATE INDEX alert_by_key ON alert (source_ref, source, type);
  CREATE INDEX alert_by_case ON alert (case_id) WHERE case_id IS NOT NULL;
  CREATE INDEX alert_pending ON alert (pk) WHERE pending = 1;
  CREATE INDEX alert_by_date ON alert (date, pk, ${filtered});
  CREATE INDEX alert_by_urgency ON alert (urgency, pk, ${filtered});
  CREATE INDEX alert_by_touched ON alert (touched_at, pk, ${filtered});
  CREATE INDEX inbox_by_date ON alert (date, pk, inbox, ${filtered}) WHERE inbox = 1;
  CREATE INDEX inbox_by_urgency ON alert (urgency, pk, inbox, ${filtered}) WHERE inbox = 1;
  CREATE INDEX inbox_by_touched ON alert (touched_at, pk, inbox, ${filtered}) WHERE inbox = 1;
  CREATE INDEX stage_by_date ON alert (stage, date, pk, severity, source, type, assignee, status, case_id);
  CREATE INDEX tag_by_name ON alert_tag (tag, alert_pk);
`

const otherTables = `
  CREATE TABLE observable (
    alert_pk INTEGER NOT NULL REFERENCES alert (pk) ON DELETE CASCADE,
    id TEXT NOT NULL,
    pending INTEGER NOT NULL,
    folded TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (alert_pk, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE comment (
    alert_pk INTEGER NOT NULL REFERENCES alert (pk) ON DELETE CASCADE,
    id TEXT NOT NULL,
    pending INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (alert_pk, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE case_ (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER,
    started_at INTEGER NOT NULL,
    folded TEXT NOT NULL,
    promised_by INTEGER REFERENCES alert (pk) ON DELETE CASCADE,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX case_by_start ON case_ (started_at);
  CREATE INDEX case_by_number ON case_ (number);
  CREATE INDEX case_promised ON case_ (promised_by) WHERE promised_by IS NOT NULL;

  CREATE TABLE counter (
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (name, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kept (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE aside (
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (entity, id)
  ) STRICT;

  CREATE TABLE settled (operation_id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
`
