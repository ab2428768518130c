import { SvelteMap } from 'svelte/reactivity'
import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Api } from './api-port.ts'
import type { FieldsEdit } from '../ui/custom-fields/field-draft.ts'

export type DetailSection = 'note' | 'observables' | 'title' | 'fields' | 'procedures' | 'similar'

const changePauseMs = 150
/** The alert before stays on screen this long while the next one is read: no flash between neighbours. */
const lingerMs = 150

/** The alert open beside the queue. */
export class DetailState {
  id = $state<string | undefined>(undefined)
  data = $state.raw<AlertDetail | undefined>(undefined)
  failure = $state.raw<ErrorData | undefined>(undefined)
  /** Half-typed text by alert and field: it outlives a look at another alert. */
  readonly drafts = new SvelteMap<string, string>()
  /** Custom fields being edited, by alert. */
  readonly fieldDrafts = new SvelteMap<string, FieldsEdit>()
  /** Raised to bring one section of the detail into view and focus. */
  focus = $state.raw<{ section: DetailSection } | undefined>(undefined)
  /** The profile the drafts are about: two servers may give two alerts the same id. */
  #scope = ''
  #api: Api
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(api: Api) {
    this.#api = api
  }

  start(): () => void {
    const stops = [
      this.#api.on('queue.changed', ({ ids }) => {
        if (this.id !== undefined && (ids.length === 0 || ids.includes(this.id))) this.#reloadSoon()
      }),
      this.#api.on('outbox.changed', () => this.#reloadSoon()),
    ]
    return () => stops.forEach((stop) => stop())
  }

  /** Another profile is open; half-typed text of the one before waits for its return. */
  enter(profileId: string): void {
    this.#scope = profileId
  }

  /** The key of `drafts` for one text of one alert (for `comment`: of one comment), and of `fieldDrafts`. */
  draftKey(id: string, field: 'title' | 'description' | 'note' | 'link' | 'fields' | 'comment'): string {
    return `${field} ${this.#scope} ${id}`
  }

  async show(id: string | undefined): Promise<void> {
    if (id === this.id) return
    this.id = id
    this.failure = undefined
    this.focus = undefined
    if (id === undefined) this.data = undefined
    else {
      const linger = setTimeout(() => {
        if (this.data?.alert.id !== this.id) this.data = undefined
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
      this.data = data
      this.failure = undefined
    } catch (thrown) {
      if (id !== this.id) return
      this.data = undefined
      this.failure = toErrorData(thrown)
    }
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.reload(), changePauseMs)
  }
}
