import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'

const pageSize = 200

type Line = Pick<OperationView, 'id'>

/** What was sent: newest first, as far as it was looked at, searched by words. */
export class Receipts {
  found = $state.raw<readonly OperationView[] | undefined>(undefined)
  more = $state(false)
  failure = $state.raw<ErrorData | undefined>(undefined)
  text = $state('')
  /** Chosen to be put back, or looked at. */
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  opened = $state<string | undefined>(undefined)
  /** The line that has the keyboard. */
  cursor = $state<string | undefined>(undefined)
  #app: App
  #asked = 0
  #aimed = false
  /** Something was sent since, and is not shown yet. */
  #behind = false

  constructor(app: App) {
    this.#app = app
  }

  /** The newest that fit; an answer that comes late to an older question is forgotten. */
  async read(): Promise<void> {
    const asked = (this.#asked += 1)
    this.#behind = false
    try {
      const page = await this.#app.api.call('outbox.receipts', { text: this.text, limit: pageSize })
      if (asked !== this.#asked) return
      this.found = page.found
      this.more = page.more
      this.failure = undefined
    } catch (thrown) {
      if (asked === this.#asked) this.failure = toErrorData(thrown)
    }
  }

  /** New ones stand on top and would move all others: not while somebody aims at one. */
  changed(): void {
    if (this.#aimed) this.#behind = true
    else void this.read()
  }

  aim(aimed: boolean): void {
    this.#aimed = aimed
    if (!aimed && this.#behind) void this.read()
  }

  async readMore(): Promise<void> {
    const before = this.found?.at(-1)?.id
    if (before === undefined) return this.read()
    const asked = this.#asked
    try {
      const page = await this.#app.api.call('outbox.receipts', { text: this.text, limit: pageSize, before })
      if (asked !== this.#asked) return
      this.found = [...(this.found ?? []), ...page.found]
      this.more = page.more
    } catch (thrown) {
      this.failure = toErrorData(thrown)
    }
  }

  toggleDetails({ id }: Line): void {
    this.opened = this.opened === id ? undefined : id
  }

  /** It alone; the chosen ones have a button of their own. */
  putBack({ id }: Line): void {
    this.#app.dialogs.show({ kind: 'reverse', ids: [id] })
  }

  toggle({ id }: Line): void {
    const next = new Set(this.chosen)
    if (!next.delete(id)) next.add(id)
    this.chosen = next
  }

  /** Decided in one gesture: chosen together. */
  chooseGroup({ groupId }: OperationView): void {
    const ids = (this.found ?? []).filter((one) => one.groupId === groupId).map(({ id }) => id)
    this.chosen = new Set([...this.chosen, ...ids])
  }

  async save(format: 'jsonl' | 'csv'): Promise<void> {
    try {
      const saved = await this.#app.api.call('outbox.exportReceipts', { format })
      if (saved !== null) this.#app.problems.tell(`${saved.count} receipts saved`, saved.path)
    } catch (thrown) {
      this.#app.problems.report(thrown, 'The receipts were not saved')
    }
  }
}
