import { bulkInsert } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'

/** What one alert is found by: its own words, then those of its observables. */
export const wholeTextSql = `
  SELECT t.pk, t.folded || coalesce(
    (SELECT char(31) || group_concat(o.folded, char(31)) FROM observable o WHERE o.alert_pk = t.pk), '')
  FROM alert_text t`

/** At most this many rows, and about this much text, are indexed in one step: others wait behind it. */
const sliceRows = 500
const sliceChars = 600_000

/** Segments of one level that are merged into one: SQLite's default, and while text comes in bulk (measured: 15 % less work than eight). */
const mergeAt = { usual: 4, filling: 16 } as const

/** Folded text a row, and the trigrams over it. */
export function createTextIndex(db: Connection) {
  const insert = bulkInsert(db, { head: 'INSERT INTO alert_text (pk, folded)', width: 2 })
  const read = db.prepare<[number], string>('SELECT folded FROM alert_text WHERE pk = ?').pluck()
  const update = db.prepare<[string, number]>('UPDATE alert_text SET folded = ? WHERE pk = ?')
  const forget = db.prepare<[string]>(
    'DELETE FROM text_index WHERE rowid IN (SELECT value FROM json_each(?))',
  )
  const index = db.prepare<[string]>(
    `INSERT INTO text_index (rowid, folded) ${wholeTextSql} WHERE t.pk IN (SELECT value FROM json_each(?)) ORDER BY t.pk`,
  )
  const indexRange = db.prepare<[number, number]>(
    `INSERT INTO text_index (rowid, folded) ${wholeTextSql} WHERE t.pk > ? AND t.pk <= ? ORDER BY t.pk`,
  )
  const ahead = db
    .prepare<[number, number], [number, number]>(
      'SELECT pk, octet_length(folded) FROM alert_text WHERE pk > ? ORDER BY pk LIMIT ?',
    )
    .raw()

  return {
    insertText: (texts: readonly { pk: number; folded: string }[]) =>
      insert(texts.map(({ pk, folded }) => [pk, folded])),
    /** Answers whether the words changed. */
    updateText(pk: number, folded: string): boolean {
      if (read.get(pk) === folded) return false
      update.run(folded, pk)
      return true
    },
    /** Kept in the file. */
    expectBulk(coming: boolean): void {
      const at = mergeAt[coming ? 'filling' : 'usual']
      db.exec(`INSERT INTO text_index (text_index, rank) VALUES ('automerge', ${at})`)
    },
    forget: (pks: readonly number[]) => void forget.run(JSON.stringify(pks)),
    /** Removals first, then rows by rising key: FTS5 writes a segment each time one of the two is broken (measured: 30 × slower). */
    reindex(pks: readonly number[]): void {
      const keys = JSON.stringify(pks)
      forget.run(keys)
      index.run(keys)
    },
    /** Indexes the next rows after `pk`; answers the last one done, or undefined when there was none. */
    indexAfter(pk: number): number | undefined {
      let upTo: number | undefined
      let chars = 0
      for (const [next, length] of ahead.iterate(pk, sliceRows)) {
        chars += length
        if (upTo !== undefined && chars > sliceChars) break
        upTo = next
      }
      if (upTo !== undefined) indexRange.run(pk, upTo)
      return upTo
    },
  }
}
export type TextIndex = ReturnType<typeof createTextIndex>
