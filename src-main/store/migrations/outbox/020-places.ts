import type { Migration } from '../migration.ts'

/**
 * A decision may be moved in the plan. `seq` stays what salvage walks; `place` is set for those that were moved, and the others
 * stand where they were made. Places are handed around among the moved, so whatever is decided next comes last.
 */
export const places: Migration = {
  version: 20,
  name: 'places',
  up: (db) => {
    db.exec(`
      ALTER TABLE operation ADD COLUMN place INTEGER;
      DROP INDEX operation_pending;
      CREATE INDEX operation_pending ON operation (coalesce(place, seq)) WHERE state <> 'sent';
    `)
  },
}
