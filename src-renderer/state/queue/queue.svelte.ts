import type { QueueCounts, QueueRow } from '#shared/model/queue-row.ts'
import { everything } from '#shared/query/filter.ts'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import type { Problem } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import type { QueueSort } from '#shared/query/queue-sort.ts'
import type { Api } from '../api-port.ts'
import type { Place } from '../navigation.svelte.ts'
import type { Problems } from '../problems.svelte.ts'
import type { ProfileState } from '../profile.svelte.ts'
import { Soon } from '../soon.ts'
import { cursorAfterRemoval } from './order.ts'
import type { Removed } from './order.ts'
import { QueueList } from './queue-list.svelte.ts'
import { withKnownStatuses } from './known-statuses.ts'
import { RowCache } from './row-cache.svelte.ts'
import { rowMatches } from './row-matches.ts'
import { emptySelection, extendTo, toggle, within } from './selection.ts'
import type { Selection } from './selection.ts'
import { builtInViews } from './views.ts'

const countsPauseMs = 400
export type QueueParts = { api: Api; profile: ProfileState; problems: Problems }

/** The queue as the analyst has it: what is asked, the order, the cursor, what is chosen. */
export class QueueState {
  readonly list: QueueList
  readonly rows: RowCache
  /** The query bar's text in force; `filter` is what it means. */
  text = $state('')
  filter = $state.raw<Filter>(everything)
  textProblems = $state.raw<readonly Problem[]>([])
  sort = $state.raw<QueueSort>(newestFirst)
  cursor = $state<number | undefined>(undefined)
  selection = $state.raw<Selection>(emptySelection)
  counts = $state.raw<QueueCounts | undefined>(undefined)
  /** Raised to ask the list to bring a row into view. */
  reveal = $state.raw<{ pk: number | 'top' }>({ pk: 'top' })
  /** The row whose alert is being opened, and the place this was asked at: over once either is another. */
  opening = $state.raw<{ pk: number; from: Place } | undefined>(undefined)
  /** Raised when the cursor went along with the end of a view. */
  wentAlong = $state.raw<{ pk: number | undefined } | undefined>(undefined)
  /** Raised to ask for the keyboard in the query bar or the list. */
  focus = $state.raw<{ on: 'query' | 'list' } | undefined>(undefined)
  readonly position: number = $derived.by(() =>
    this.cursor === undefined ? -1 : this.list.order.indexOf(this.cursor),
  )
  #parts: QueueParts
  #visible: readonly number[] = []
  /** Where the cursor stands since it was sent to the end of what was not all there. */
  #end: number | undefined
  /** The row up to which rows were chosen last; choosing one by one ends the range. */
  #rangeEnd: number | undefined
  #left = new Map<string, Removed[]>()
  #countsSoon = new Soon(
    () => this.#readCounts(),
    () => (this.counts ? countsPauseMs : 0),
  )

  constructor(parts: QueueParts) {
    this.#parts = parts
    this.list = new QueueList(parts.api, () => this.#held())
    this.rows = new RowCache(parts.api, (thrown) =>
      parts.problems.report(thrown, 'Some rows could not be read'),
    )
  }

  start(): () => void {
    return this.#parts.api.on('queue.changed', ({ ids }) => {
      if (this.#parts.profile.open) this.#onChanged(ids)
    })
  }

  /** A profile was opened: begin at its inbox. */
  async enter(): Promise<void> {
    this.rows.clear()
    this.#left.clear()
    this.sort = newestFirst
    this.refreshCounts()
    await this.setFilter(builtInViews(this.#parts.profile.login)[0]?.filter ?? everything)
  }

  /** The profile was closed: nothing is asked any more. */
  leave(): void {
    this.#countsSoon.stop()
    this.list.stop()
    this.counts = undefined
  }

  setText(text: string): Promise<void> {
    const { filter, problems } = parseFilter(text, { me: this.#parts.profile.login })
    this.text = text
    this.textProblems = problems
    this.filter = withKnownStatuses(filter, this.#parts.profile.catalog.alertStatuses)
    return this.#reload()
  }

  setFilter(filter: Filter): Promise<void> {
    return this.setText(printFilter(filter, { me: this.#parts.profile.login }))
  }

  setSort(sort: QueueSort): Promise<void> {
    this.sort = sort
    return this.#reload()
  }

  row(pk: number | undefined): QueueRow | undefined {
    return pk === undefined ? undefined : this.rows.get(pk)
  }

  moveBy(step: number): void {
    const { order } = this.list
    const at = this.position < 0 ? (step > 0 ? 0 : order.length - 1) : this.position + step
    this.moveTo(order[Math.max(0, Math.min(order.length - 1, at))])
  }

  /** Of a view that is still being read, the last row that is there; once it is, the last of all. */
  moveToEnd(): void {
    const { order, complete } = this.list
    this.moveTo(order.at(-1))
    this.#end = complete ? undefined : this.cursor
  }

  /** More of the view was read: whoever stands at its end goes along, and so does the range that was chosen up to there. */
  #followEnd(): void {
    if (this.#end === undefined || this.#end !== this.cursor) return
    const takesAlong = this.#rangeEnd === this.#end
    this.moveToEnd()
    this.wentAlong = { pk: this.cursor }
    if (takesAlong) this.extendSelection(this.cursor)
  }

  moveTo(pk: number | undefined): void {
    if (pk === undefined) return
    this.cursor = pk
    this.reveal = { pk }
  }

  toggleSelected(pk: number): void {
    this.selection = toggle(this.selection, pk)
    this.#rangeEnd = undefined
  }

  extendSelection(pk: number): void {
    this.selection = extendTo(this.selection, pk, this.list.order)
    this.#rangeEnd = pk
  }

  clearSelection(): void {
    this.selection = emptySelection
    this.#rangeEnd = undefined
  }

  /** Which rows an action means: the chosen ones, else the one under the cursor. */
  get targets(): readonly number[] {
    if (this.selection.chosen.size > 0) return [...this.selection.chosen]
    return this.cursor === undefined ? [] : [this.cursor]
  }

  showNew(): void {
    const first = this.list.showNew()
    if (first !== undefined) this.cursor = first
    this.reveal = { pk: first ?? 'top' }
    this.refreshCounts()
  }

  #held(): ReadonlySet<number> {
    const cursor = this.cursor === undefined ? [] : [this.cursor]
    return new Set([...this.#visible, ...cursor, ...this.selection.chosen])
  }

  setVisible(pks: readonly number[]): void {
    this.#visible = pks
    this.rows.want(pks)
  }

  /**
   * After the analyst's own decision: rows that no longer belong leave, and the cursor takes the next one.
   * Answers whether any left.
   */
  async settle(groupId: string, ids: readonly string[]): Promise<boolean> {
    const pks = ids.map((id) => this.rows.keyOf(id)).filter((pk) => pk !== undefined)
    const rows = await this.rows.refreshDecided(pks)
    // What is being deleted leaves as well; what is not answered any more was deleted.
    const staying = new Set(
      rows.filter((row) => !row.going && rowMatches(this.filter, row)).map((row) => row.pk),
    )
    const removed = this.#takeOut(pks.filter((pk) => !staying.has(pk)))
    this.refreshCounts()
    if (removed.length > 0) this.#left.set(groupId, removed)
    return removed.length > 0
  }

  /** Takes rows out of the list; the cursor moves on only when its own row left. */
  #takeOut(pks: readonly number[]): Removed[] {
    if (pks.length === 0) return []
    const leaving = new Set(pks)
    const next = cursorAfterRemoval(this.list.order, leaving, this.cursor)
    const removed = this.list.remove(leaving)
    this.selection = within(this.selection, leaving)
    if (next === this.cursor) return removed
    this.cursor = next
    if (next !== undefined) this.reveal = { pk: next }
    return removed
  }

  /** After undo: the rows come back to their places. Answers whether any did. */
  async unsettle(groupId: string): Promise<boolean> {
    const removed = this.#left.get(groupId) ?? []
    this.#left.delete(groupId)
    const rows = await this.rows.refreshDecided([
      ...new Set([...removed.map((one) => one.pk), ...this.#visible]),
    ])
    const back = new Set(rows.filter((row) => rowMatches(this.filter, row)).map((row) => row.pk))
    this.list.restore(removed.filter((one) => back.has(one.pk)))
    this.refreshCounts()
    const first = removed.find((one) => back.has(one.pk))?.pk
    this.moveTo(first)
    return first !== undefined
  }

  refreshCounts(): void {
    this.#countsSoon.ask()
  }

  async #reload(): Promise<void> {
    this.clearSelection()
    this.#left.clear()
    this.#end = undefined
    const kept = this.cursor
    let [isBegun, isSought] = [false, kept !== undefined]
    await this.list.load({ filter: this.filter, sort: this.sort }, () => {
      const { order, complete, failure } = this.list
      this.#followEnd()
      const found = this.position < 0 ? undefined : this.cursor
      if (this.cursor !== kept) isSought = false
      // At once, and again only where the cursor's row comes later: whoever scrolls on meanwhile is left alone.
      if (!isBegun || (isSought && found !== undefined)) this.reveal = { pk: found ?? 'top' }
      isBegun = true
      isSought &&= found === undefined && !complete && failure === undefined
      if (found === undefined && !isSought) this.cursor = order[0]
    })
  }

  #onChanged(ids: readonly string[]): void {
    const named = new Set(ids)
    const touched = this.#visible.filter((pk) => named.size === 0 || named.has(this.rows.get(pk)?.id ?? ''))
    if (touched.length > 0) void this.#refreshQuietly(touched)
    this.refreshCounts()
    this.list.scheduleCheck()
  }

  async #refreshQuietly(pks: readonly number[]): Promise<void> {
    try {
      const found = new Set((await this.rows.refresh(pks)).map((row) => row.pk))
      this.#takeOut(pks.filter((pk) => !found.has(pk)))
    } catch (thrown) {
      this.#parts.problems.report(thrown, 'Some rows could not be read')
    }
  }

  async #readCounts(): Promise<void> {
    try {
      this.counts = await this.#parts.api.call('queue.counts', {})
    } catch (thrown) {
      this.#parts.problems.report(thrown, 'The counts could not be read')
    }
  }
}
