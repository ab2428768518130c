import type { Connection } from '../open-database.ts'
import type { KeptTable } from './kept-table.ts'
import type { TextIndex } from './text-index.ts'

/** What of a fill is left to be done. */
export type FillStep = { done: boolean; phase: 'indexing' | 'text' }

/** Kept in the file, so that an interrupted fill goes on where it stopped. */
export type FillState = {
  /** Indexes still to be built, as SQLite wrote them down. */
  indexes: string[]
  /** Rows up to this key are in the text index; later ones wait for their slice. */
  textPk: number
}

const name = 'fill'

/**
 * Fill mode: rows come without secondary indexes and full text, which are built afterwards, one index or one slice of text a step
 * (measured: three times faster than keeping them up to date row by row).
 */
export function createFill(db: Connection, { kept, text }: { kept: KeptTable; text: TextIndex }) {
  const secondary = db.prepare<[], { name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_schema
     WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('alert', 'alert_tag') AND name <> 'alert_pending'`,
  )
  let state = kept.get<FillState>(name)
  /** Alerts with a key up to `pk` were created at `stamp` or later (ms); newest first. Forgotten at a restart: their text then waits for the end. */
  const reached: { stamp: number; pk: number }[] = []

  const save = (next: FillState | undefined): void => {
    if (next === undefined) kept.remove(name)
    else kept.set(name, next)
  }

  return {
    get active(): boolean {
      return state !== undefined
    },
    /** False for a row whose turn in the text index is still to come. */
    isTextIndexed: (pk: number): boolean => state === undefined || pk <= state.textPk,
    /** `also` joins the transaction. */
    begin(lastPk: number, also: () => void): void {
      if (state !== undefined) return
      reached.length = 0
      const indexes = secondary.all()
      const next = { indexes: indexes.map(({ sql }) => sql), textPk: lastPk }
      db.transaction(() => {
        for (const index of indexes) db.exec(`DROP INDEX ${index.name}`)
        text.expectBulk(true)
        save(next)
        also()
      })()
      state = next
    },
    /** The alerts that have come so far, up to this key, were created at `stamp` or later (ms). */
    alertsReach: (stamp: number, pk: number) => void reached.push({ stamp, pk }),
    /**
     * What observables still to come cannot change, those created before `stamp` (ms): an index, or a slice of the text of alerts
     * created later. Answers whether there was any.
     */
    stepAhead(stamp: number): boolean {
      while (reached[1] !== undefined && reached[1].stamp > stamp) reached.shift()
      const [last] = reached
      if (state === undefined || last === undefined || last.stamp <= stamp) return false
      return work(state, last.pk) !== 'all-done'
    },
    step(): FillStep {
      if (state === undefined) return { done: true, phase: 'text' }
      const did = work(state, Infinity)
      if (did !== 'all-done') return { done: false, phase: did }
      db.transaction(() => {
        text.expectBulk(false)
        save(undefined)
      })()
      state = undefined
      return { done: true, phase: 'text' }
    },
  }

  /** One index, or one slice of the text up to this key. */
  function work({ indexes, textPk }: FillState, lastPk: number): FillStep['phase'] | 'all-done' {
    const [index, ...rest] = indexes
    const next = db.transaction((): FillState | undefined => {
      if (index !== undefined) {
        db.exec(index)
        return keep({ indexes: rest, textPk })
      }
      if (text.isCrowded && text.mergeSome()) return { indexes, textPk }
      const upTo = text.indexAfter(textPk, lastPk)
      return upTo === undefined ? undefined : keep({ indexes, textPk: upTo })
    })()
    if (next === undefined) return 'all-done'
    state = next
    return index === undefined ? 'text' : 'indexing'
  }

  function keep(next: FillState): FillState {
    save(next)
    return next
  }
}
export type Fill = ReturnType<typeof createFill>
