import type { Alert } from '#shared/model/alert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'
import type { AlertRecord, StoredAlert } from './alert-table.ts'
import type { Counted, CounterChanges } from './counters.ts'
import type { Tables } from './tables.ts'

/** Writes of one transaction that keep list, tags, text and counters of an alert in step. */
export type WriteScope = {
  /** New rows; written in bulk. Answers their keys. */
  insert(records: readonly Omit<AlertRecord, 'pk'>[]): number[]
  /** `before` is the row as it is now. */
  update(before: StoredAlert, after: Omit<AlertRecord, 'pk'>): void
  remove(row: StoredAlert): void
  /** The mark of being gone came to, or left, an alert that is shown so. */
  countAs(shown: Alert, now: { gone: boolean }): void
  /** Its observables changed: its text is indexed anew at the end. */
  touchText(pk: number): void
}

/** Runs one write transaction; counters and text follow inside it, once a row. */
export function createWriteScopes(db: Connection, tables: Tables) {
  let nextPk = tables.alerts.lastPk() + 1
  const run = db.transaction((work: (scope: WriteScope) => unknown): unknown => {
    const counters = tables.beginCounting()
    const dirty = new Set<number>()
    const result = work(scopeOn(counters, dirty))
    counters.write()
    const due = [...dirty].filter(tables.fill.isTextIndexed)
    if (due.length > 0) tables.text.reindex(due)
    return result
  }).immediate
  return function write<T>(work: (scope: WriteScope) => T): T {
    const before = nextPk
    try {
      return run(work) as T
    } catch (thrown) {
      nextPk = before
      throw thrown
    }
  }

  function scopeOn(counters: CounterChanges, dirty: Set<number>): WriteScope {
    return {
      insert: (records) => insert(records, { counters, dirty }),
      update: (before, after) => update(before, after, { counters, dirty }),
      remove(row) {
        counters.subtract(counted(row))
        dirty.delete(row.pk)
        if (tables.fill.isTextIndexed(row.pk)) tables.text.forget([row.pk])
        tables.alerts.remove(row.pk)
      },
      countAs(shown, { gone }) {
        counters.subtract({ ...shown, gone: !gone })
        counters.add({ ...shown, gone })
      },
      touchText: (pk) => void dirty.add(pk),
    }
  }

  function insert(records: readonly Omit<AlertRecord, 'pk'>[], { counters, dirty }: Effects): number[] {
    const rows = records.map((record) => ({ ...record, pk: nextPk++ }))
    tables.alerts.insert(rows)
    tables.text.insertText(rows.map(({ pk, ready }) => ({ pk, folded: ready.folded })))
    tables.tags.insert(rows.map(({ pk, ready }) => ({ pk, tags: ready.tags })))
    for (const { pk, ready } of rows) {
      counters.add(ready.counted)
      dirty.add(pk)
    }
    return rows.map(({ pk }) => pk)
  }

  function update(before: StoredAlert, after: Omit<AlertRecord, 'pk'>, { counters, dirty }: Effects): void {
    const { pk } = before
    const old = parseStored<Alert>(before.body)
    tables.alerts.update({ ...after, pk })
    const gone = before.gone === 1
    counters.subtract({ ...old, gone })
    counters.add({ ...after.ready.counted, gone })
    if (JSON.stringify(old.tags) !== JSON.stringify(after.ready.tags))
      tables.tags.replace(pk, after.ready.tags)
    if (tables.text.updateText(pk, after.ready.folded)) dirty.add(pk)
  }
}

const counted = (row: StoredAlert): Counted => ({ ...parseStored<Alert>(row.body), gone: row.gone === 1 })

type Effects = { counters: CounterChanges; dirty: Set<number> }
