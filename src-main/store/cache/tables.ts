import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment } from '#shared/model/observable.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import type { Connection } from '../open-database.ts'
import { createAlertTable } from './alert-table.ts'
import { createAsideTable } from './aside-table.ts'
import { createCaseTable } from './case-table.ts'
import { createChildTable } from './child-table.ts'
import { createCounters } from './counters.ts'
import { createEditTable } from './edit-table.ts'
import { createFill } from './fill.ts'
import { createGoneTable } from './gone-table.ts'
import { createKeptTable } from './kept-table.ts'
import { createObservableTable } from './observable-table.ts'
import type { PendingMirror } from './pending-mirror.ts'
import { createPackedTable } from './packed-table.ts'
import { createChildrenSeenTable } from './children-seen-table.ts'
import { createSweepTable } from './sweep-table.ts'
import { createTagTable } from './tag-table.ts'
import { createTaskTable } from './task-table.ts'
import { createTextIndex } from './text-index.ts'

/** The writer's statements, prepared once. */
export function createTables(db: Connection, mirror: Pick<PendingMirror, 'get'>) {
  const kept = createKeptTable(db)
  const text = createTextIndex(db)
  return {
    alerts: createAlertTable(db),
    tags: createTagTable(db),
    observables: createObservableTable(db),
    comments: createChildTable<Comment>(db, 'comment'),
    procedures: createChildTable<Procedure>(db, 'procedure'),
    attachments: createChildTable<AlertAttachment>(db, 'attachment'),
    edits: createEditTable(db),
    gone: createGoneTable(db),
    packed: createPackedTable(db),
    childrenSeen: createChildrenSeenTable(db),
    sweep: createSweepTable(db),
    cases: createCaseTable(db, mirror.get),
    tasks: createTaskTable(db),
    aside: createAsideTable(db),
    beginCounting: createCounters(db),
    kept,
    text,
    fill: createFill(db, { kept, text }),
  }
}
export type Tables = ReturnType<typeof createTables>
