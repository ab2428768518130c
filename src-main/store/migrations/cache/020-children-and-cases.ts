import type { Migration } from '../migration.ts'

/**
 * What hangs on alerts and cases besides observables and comments, what pending decisions do to it, and cases that change
 * while decisions about them wait: like alerts, they then keep the server's state beside what is shown.
 */
export const childrenAndCases: Migration = {
  version: 20,
  name: 'children and cases',
  up: (db) => {
    db.exec(newTables)
    db.exec(casesWithBase)
    db.exec(newFieldsInBodies)
  },
}

const newTables = `
  CREATE TABLE procedure (
    alert_pk INTEGER NOT NULL REFERENCES alert (pk) ON DELETE CASCADE,
    id TEXT NOT NULL,
    pending INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (alert_pk, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attachment (
    alert_pk INTEGER NOT NULL REFERENCES alert (pk) ON DELETE CASCADE,
    id TEXT NOT NULL,
    pending INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (alert_pk, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE child_edit (
    alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
    edits TEXT NOT NULL
  ) STRICT;

  CREATE TABLE gone (
    alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
    since INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE task (
    case_id TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_id, id)
  ) STRICT, WITHOUT ROWID;
`

const casesWithBase = `
  ALTER TABLE case_ ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE case_ ADD COLUMN base TEXT;
  CREATE INDEX case_pending ON case_ (id) WHERE pending = 1;
`

/** What earlier versions did not store. Abilities are permissive until the server is asked again, at the next connection. */
const newFieldsInBodies = `
  UPDATE case_ SET body = json_set(body, '$.flag', json('false'), '$.customFields', json('[]'))
    WHERE json_type(body, '$.flag') IS NULL;
  UPDATE kept SET value = json_set(value, '$.capabilities', json_patch(
      '{"cannot":{},"tlps":["clear","green","amber","amber-strict","red"]}',
      json_object('readOnlyReason', json_extract(value, '$.capabilities.readOnlyReason'))))
    WHERE name = 'session' AND json_type(value, '$.capabilities.cannot') IS NULL;
  UPDATE kept SET value = json_set(value, '$.caseStatuses', json('[]'), '$.techniques', json('[]'))
    WHERE name = 'catalog' AND json_type(value, '$.caseStatuses') IS NULL;
`
