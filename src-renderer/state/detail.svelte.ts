import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { Api } from './api-port.ts'
import type { Drafts } from './drafts.svelte.ts'
import { Soon } from './soon.ts'

export type DetailSection = 'note' | 'observables' | 'title' | 'fields' | 'procedures' | 'similar'

const changePauseMs = 150
/** The alert before stays on screen this long while the next one is read: no flash between neighbours. */
const lingerMs = 150

/** The alert open beside the queue. */
export class DetailState {
  id = $state<string | undefined>(undefined)
  data = $state.raw<AlertDetail | undefined>(undefined)
  /** Another number for each alert shown. An alert that got its server's id meanwhile is still the same one. */
  visit = $state(0)
  failure = $state.raw<ErrorData | undefined>(undefined)
  /** Raised to bring one section of the detail into view and focus. */
  focus = $state.raw<{ section: DetailSection } | undefined>(undefined)
  /** Notes that got their server's id while they were shown: the id each was shown by at first. */
  #firstIds = new Map<string, string>()
  /** What `data` was asked by. */
  #shown: string | undefined
  #api: Api
  #drafts: Pick<Drafts, 'follow'>
  #soon = new Soon(
    () => this.reload(),
    () => changePauseMs,
  )

  constructor(api: Api, drafts: Pick<Drafts, 'follow'>) {
    this.#api = api
    this.#drafts = drafts
  }

  start(): () => void {
    const stops = [
      this.#api.on('queue.changed', ({ ids }) => {
        if (this.id !== undefined && (ids.length === 0 || ids.includes(this.id))) this.#soon.ask()
      }),
      this.#api.on('outbox.changed', () => this.#soon.ask()),
      () => this.#soon.stop(),
    ]
    return () => stops.forEach((stop) => stop())
  }

  /** The open alert, if this is its id: the one it was opened by or the one it has. */
  alertOf(id: string): Alert | undefined {
    const alert = this.data?.alert
    return alert !== undefined && (alert.id === id || this.#shown === id) ? alert : undefined
  }

  /** Tells one note from the others, whatever id it gets while it is shown: what is half typed in it stays. */
  noteKey(id: string): string {
    return this.#firstIds.get(id) ?? id
  }

  async show(id: string | undefined): Promise<void> {
    if (id === this.id) return
    this.id = id
    this.failure = undefined
    this.focus = undefined
    if (id === undefined) this.data = undefined
    else {
      const linger = setTimeout(() => {
        if (this.#shown !== this.id) this.data = undefined
      }, lingerMs)
      await this.reload()
      clearTimeout(linger)
    }
  }

  async reload(): Promise<void> {
    const { id } = this
    if (id === undefined) return
    try {
      const data = await this.#api.call('alerts.get', { id })
      if (id !== this.id) return
      if (this.#shown !== id) this.visit += 1
      else if (this.data) {
        // The server has given the alert an id of its own: what was half typed goes along.
        this.#drafts.follow(this.data.alert.id, data.alert.id)
        this.#followNotes(this.data.comments, data.comments)
      }
      this.#shown = id
      this.data = data
      this.failure = undefined
    } catch (thrown) {
      if (id !== this.id) return
      this.data = undefined
      this.failure = toErrorData(thrown)
    }
  }

  /** A note that went and one that came, by one author and with one text, are the same: it was sent. */
  #followNotes(before: readonly Comment[], now: readonly Comment[]): void {
    const came = now.filter((one) => !before.some(({ id }) => id === one.id))
    const went = before.filter((one) => !now.some(({ id }) => id === one.id))
    for (const { id, createdBy, message } of went) {
      const at = came.findIndex((one) => one.createdBy === createdBy && one.message === message)
      const [same] = at < 0 ? [] : came.splice(at, 1)
      if (same === undefined) continue
      this.#firstIds.set(same.id, this.noteKey(id))
      this.#drafts.follow(id, same.id)
    }
  }
}
