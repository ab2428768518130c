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

/**
 * How FTS5 merges its segments (its `automerge` and `crisismerge`): a little with each write as usual; while text comes in bulk not at
 * all, because merging then costs a quarter of the work (measured) and nobody can search sooner for it. {@link TextIndex.mergeSome}
 * makes up for it, and until it has, a write never merges everything at once.
 */
const merging = {
  usual: { automerge: 4, crisismerge: 16 },
  loose: { automerge: 4, crisismerge: 400 },
  bulk: { automerge: 0, crisismerge: 400 },
} as const

/** More segments make a search slow; then merging goes first, also in bulk. */
const mostSegments = 256

/** FTS5's pages a step of merging writes: about as long as a slice of text takes. */
const mergePages = 200

/** A look at each segment's first entry: counting all entries reads the whole table. */
const countSegmentsSql = `
  WITH RECURSIVE segment (id) AS (
    SELECT min(segid) FROM text_index_idx
    UNION ALL
    SELECT (SELECT min(segid) FROM text_index_idx WHERE segid > segment.id) FROM segment WHERE segment.id IS NOT NULL
  )
  SELECT count(id) FROM segment`

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
  const countSegments = db.prepare<[], number>(countSegmentsSql).pluck()
  const setting = db.prepare<[string, number]>(
    'INSERT INTO text_index (text_index, rank) VALUES (?, CAST(? AS INTEGER))',
  )
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const mergesAt = db.prepare<[], number>(`SELECT v FROM text_index_config WHERE k = 'crisismerge'`).pluck()
  let isLoose = (mergesAt.get() ?? merging.usual.crisismerge) !== merging.usual.crisismerge

  /** Kept in the file. */
  const mergeAs = (way: keyof typeof merging): void => {
    for (const [name, value] of Object.entries(merging[way])) setting.run(name, value)
  }

  return {
    insertText: (texts: readonly { pk: number; folded: string }[]) =>
      insert(texts.map(({ pk, folded }) => [pk, folded])),
    /** Answers whether the words changed. */
    updateText(pk: number, folded: string): boolean {
      if (read.get(pk) === folded) return false
      update.run(folded, pk)
      return true
    },
    expectBulk(coming: boolean): void {
      mergeAs(coming ? 'bulk' : 'loose')
      isLoose = true
    },
    get isCrowded(): boolean {
      return (countSegments.get() ?? 0) > mostSegments
    },
    /** After text came in bulk: merges a little of what it left. Answers whether there may be more to merge. */
    mergeSome(): boolean {
      if (!isLoose) return false
      const before = changes.get() ?? 0
      setting.run('merge', mergePages)
      // FTS5 counts one change for the command itself.
      return (changes.get() ?? 0) - before > 1
    },
    /** Nothing is left to be merged: from here on each write does its share again. */
    endBulk(): void {
      if (!isLoose) return
      mergeAs('usual')
      isLoose = false
    },
    forget: (pks: readonly number[]) => void forget.run(JSON.stringify(pks)),
    /** Removals first, then rows by rising key: FTS5 writes a segment each time one of the two is broken (measured: 30 × slower). */
    reindex(pks: readonly number[]): void {
      const keys = JSON.stringify(pks)
      forget.run(keys)
      index.run(keys)
    },
    /** Indexes the next rows after `pk`, up to `last`; answers the last one done, or undefined when there was none. */
    indexAfter(pk: number, last: number): number | undefined {
      let upTo: number | undefined
      let chars = 0
      for (const [next, length] of ahead.iterate(pk, sliceRows)) {
        chars += length
        if (next > last || (upTo !== undefined && chars > sliceChars)) break
        upTo = next
      }
      if (upTo !== undefined) indexRange.run(pk, upTo)
      return upTo
    },
  }
}
export type TextIndex = ReturnType<typeof createTextIndex>
