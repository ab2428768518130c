import type { Migration } from '../migration.ts'

/**
 * What the sweep for alerts that are no longer there has to remember, so that it can go on where it was: which alerts this
 * pass has seen, and which were missed before. Alerts already marked as gone leave the counters of the inbox.
 */
export const sweeps: Migration = {
  version: 30,
  name: 'sweeps',
  up: (db) => {
    db.exec(newTables)
    db.exec(recountGone)
  },
}

const newTables = `
  CREATE TABLE sweep_seen (
    alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE
  ) STRICT;

  CREATE TABLE suspect (
    alert_pk INTEGER PRIMARY KEY REFERENCES alert (pk) ON DELETE CASCADE,
    missed_at INTEGER NOT NULL,
    due INTEGER NOT NULL
  ) STRICT;
`

const goneInbox = 'FROM gone g JOIN alert a ON a.pk = g.alert_pk WHERE a.inbox = 1'
const recountGone = `
  INSERT INTO counter (name, key, n)
    SELECT name, key, -count(*) FROM (
      SELECT 'inbox' AS name, '' AS key ${goneInbox}
      UNION ALL SELECT 'severity', CAST(a.severity AS TEXT) ${goneInbox}
      UNION ALL SELECT 'source', a.source ${goneInbox}
      UNION ALL SELECT 'type', a.type ${goneInbox}
      UNION ALL SELECT iif(a.assignee IS NULL, 'unassigned', 'assignee'), coalesce(a.assignee, '') ${goneInbox}
    ) WHERE 1 GROUP BY name, key
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
  DELETE FROM counter WHERE n = 0;
`
