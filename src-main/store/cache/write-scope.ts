import type { Alert } from '#shared/model/alert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'
import type { AlertRecord, StoredAlert } from './alert-table.ts'
import type { CounterChanges } from './counters.ts'
import type { Tables } from './tables.ts'

/** Writes of one transaction that keep list, tags, text and counters of an alert in step. */
export type WriteScope = {
  /** New rows; written in bulk. Answers their keys. */
  insert(records: readonly Omit<AlertRecord, 'pk'>[]): number[]
  /** `before` is the row as it is now. */
  update(before: StoredAlert, after: Omit<AlertRecord, 'pk'>): void
  remove(row: StoredAlert): void
  /** Its observables changed: its text is indexed anew at the end. */
  touchText(pk: number): void
}

/** Runs one write transaction; counters and text follow inside it, once a row. */
export function createWriteScopes(db: Connection, tables: Tables) {
  let nextPk = tables.alerts.lastPk() + 1
  return function write<T>(work: (scope: WriteScope) => T): T {
    const before = nextPk
    try {
      return db
        .transaction(() => {
          const counters = tables.beginCounting()
          const dirty = new Set<number>()
          const result = work(scopeOn(counters, dirty))
          counters.write()
          const due = [...dirty].filter(tables.fill.isTextIndexed)
          if (due.length > 0) tables.text.reindex(due)
          return result
        })
        .immediate()
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
        counters.subtract(parseStored<Alert>(row.body))
        dirty.delete(row.pk)
        if (tables.fill.isTextIndexed(row.pk)) tables.text.forget([row.pk])
        tables.alerts.remove(row.pk)
      },
      touchText: (pk) => void dirty.add(pk),
    }
  }

  function insert(records: readonly Omit<AlertRecord, 'pk'>[], { counters, dirty }: Effects): number[] {
    const rows = records.map((record) => ({ ...record, pk: nextPk++ }))
    tables.alerts.insert(rows)
    tables.text.insertText(rows)
    tables.tags.insert(rows.map(({ pk, shown }) => ({ pk, tags: shown.tags })))
    for (const { pk, shown } of rows) {
      counters.add(shown)
      dirty.add(pk)
    }
    return rows.map(({ pk }) => pk)
  }

  function update(before: StoredAlert, after: Omit<AlertRecord, 'pk'>, { counters, dirty }: Effects): void {
    const { pk } = before
    const old = parseStored<Alert>(before.body)
    tables.alerts.update({ ...after, pk })
    counters.subtract(old)
    counters.add(after.shown)
    if (JSON.stringify(old.tags) !== JSON.stringify(after.shown.tags))
      tables.tags.replace(pk, after.shown.tags)
    if (tables.text.updateText(pk, after.shown)) dirty.add(pk)
  }
}

type Effects = { counters: CounterChanges; dirty: Set<number> }
