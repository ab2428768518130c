import type { Connection } from '../open-database.ts'
import { createAlertTable } from './alert-table.ts'
import { createAsideTable } from './aside-table.ts'
import { createCaseTable } from './case-table.ts'
import { createCommentTable } from './comment-table.ts'
import { createCounters } from './counters.ts'
import { createFill } from './fill.ts'
import { createKeptTable } from './kept-table.ts'
import { createObservableTable } from './observable-table.ts'
import { createTagTable } from './tag-table.ts'
import { createTextIndex } from './text-index.ts'

/** The writer's statements, prepared once. */
export function createTables(db: Connection) {
  const kept = createKeptTable(db)
  const text = createTextIndex(db)
  return {
    alerts: createAlertTable(db),
    tags: createTagTable(db),
    observables: createObservableTable(db),
    comments: createCommentTable(db),
    cases: createCaseTable(db),
    aside: createAsideTable(db),
    beginCounting: createCounters(db),
    kept,
    text,
    fill: createFill(db, { kept, text }),
  }
}
export type Tables = ReturnType<typeof createTables>
