import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { CallOutput } from '#shared/contract/contract.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Draft, DraftPlace, WordsOf } from '#shared/model/draft.ts'
import { isLocalId } from '#shared/model/operation.ts'
import { isTouched } from './touched-draft.ts'
import type { Api } from './api-port.ts'
import type { Problems } from './problems.svelte.ts'

/** What a draft is about, and the profile it was typed in: two servers may give two alerts the same id. */
export type DraftKey<P extends DraftPlace = DraftPlace> = {
  readonly scope: string
  readonly place: P
  readonly id: string
}
type TextPlace = Extract<Draft, { words: { before: string } }>['place']

/** How a draft is kept: since when, whether it was there before this run of the page, and why not if it is not. */
export type Kept = { readonly restored: boolean; readonly at?: number; readonly problem?: ErrorData }

/** What is typed is on the disk so long after the key, at the latest, with what a write takes (ms): a crash costs no more. */
const pauseMs = 500
/** A disk that refused is asked again, ms. */
const retryMs = 5_000

/** Words that are typed and not saved yet. They outlive a look at another alert, a switch of profile, and the program. */
export class Drafts {
  readonly #held = new SvelteMap<string, { scope: string; draft: Draft }>()
  readonly #kept = new SvelteMap<string, Kept>()
  /** Local ids, and what the server calls the same things. */
  readonly #ids = new SvelteMap<string, string>()
  #scope = $state('')
  /** Other on the disk than here; those of another profile wait for its return. */
  readonly #unsaved = new Map<string, DraftKey>()
  /** Perhaps on the disk. */
  readonly #stored = new Set<string>()
  #sending = 0
  #isLearning = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #api: Api
  readonly #problems: Pick<Problems, 'report'>

  constructor(api: Api, problems: Pick<Problems, 'report'>) {
    this.#api = api
    this.#problems = problems
  }

  /** Whatever may be the last moment of a page or of a field, what is typed does not wait for the pause. Answers how to stop. */
  start(page: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
    const leave = () => void this.flush()
    const moments = ['focusout', 'blur', 'visibilitychange', 'pagehide', 'beforeunload']
    for (const moment of moments) page.addEventListener(moment, leave)
    const stop = this.#api.on('outbox.changed', () => void this.#learnIds())
    return () => {
      for (const moment of moments) page.removeEventListener(moment, leave)
      stop()
    }
  }

  /** Another profile is open: what was typed there before is there again. */
  async enter(profileId: string): Promise<void> {
    this.#scope = profileId
    for (const { scope, draft } of this.#held.values())
      if (scope === profileId) this.#note({ ...draft, scope })
    // Before the list is asked for, which then has nothing older.
    void this.flush()
    try {
      const listed = await this.#api.call('drafts.list', { profileId })
      for (const one of listed) this.#restore(profileId, one)
    } catch (thrown) {
      if (this.#scope === profileId) this.#problems.report(thrown, 'Your drafts could not be read')
    }
  }

  key<P extends DraftPlace>(place: P, id: string): DraftKey<P> {
    return { scope: this.#scope, place, id }
  }

  of<P extends DraftPlace>(key: DraftKey<P>): WordsOf<P> | undefined {
    return this.#held.get(this.#name(key))?.draft.words as WordsOf<P> | undefined
  }

  /** Undefined: there is nothing to keep, or it is not kept yet. */
  kept(key: DraftKey): Kept | undefined {
    return this.#kept.get(this.#name(key))
  }

  set<P extends DraftPlace>(key: DraftKey<P>, words: WordsOf<P>): void {
    const { scope, place } = key
    const id = this.#ids.get(key.id) ?? key.id
    this.#held.set(this.#name(key), { scope, draft: { place, id, words } as unknown as Draft })
    this.#note(key)
  }

  /** More is typed; what it was begun from stays. */
  type(key: DraftKey<TextPlace>, text: string): void {
    this.set(key, { before: this.of(key)?.before ?? '', text })
  }

  /** What a form holds, for an effect of the form's own; undefined while it says nothing. What is let go of elsewhere is not kept anew. */
  keep<P extends DraftPlace>(key: DraftKey<P>, words: WordsOf<P> | undefined): void {
    untrack(() => {
      if (words !== undefined) this.set(key, words)
      else if (this.of(key) !== undefined) this.drop(key)
    })
  }

  /** It was saved, or the analyst lets go of it. */
  drop(key: DraftKey): void {
    const name = this.#name(key)
    this.#held.delete(name)
    this.#kept.delete(name)
    this.#unsaved.delete(name)
    if (key.scope === this.#scope) void this.#send(key)
    else if (this.#stored.has(name)) this.#unsaved.set(name, key)
  }

  /** The server has given it an id of its own: a draft is found by either. */
  follow(from: string, to: string): void {
    if (from === to || this.#ids.get(from) === to) return
    const moved = [...this.#held].filter(([, { draft }]) => draft.id === from)
    this.#ids.set(from, to)
    for (const [name, { scope, draft }] of moved) {
      const now = { scope, draft: { ...draft, id: to } }
      const newName = this.#name({ ...draft, scope })
      if (!this.#held.has(newName)) this.#held.set(newName, now)
      const kept = this.#kept.get(name)
      if (kept) this.#kept.set(newName, kept)
      if (this.#stored.delete(name)) this.#stored.add(newName)
      if (this.#unsaved.delete(name)) this.#unsaved.set(newName, { ...now.draft, scope })
      this.#held.delete(name)
      this.#kept.delete(name)
    }
  }

  /** All that is other on the disk, at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const due = this.#due()
    for (const key of due) this.#unsaved.delete(this.#name(key))
    await Promise.all(due.map((key) => this.#send(key)))
  }

  #name({ scope, place, id }: DraftKey): string {
    return `${place} ${scope} ${this.#ids.get(id) ?? id}`
  }

  #due(): DraftKey[] {
    return [...this.#unsaved.values()].filter(({ scope }) => scope === this.#scope)
  }

  #note({ scope, place, id }: DraftKey): void {
    const key = { scope, place, id }
    this.#unsaved.set(this.#name(key), key)
    this.#later(pauseMs)
  }

  /** From the first key that is not on the disk, not from the last: who types on and on is kept as well. One write at a time. */
  #later(ms: number): void {
    if (this.#sending > 0 || this.#due().length === 0) return
    this.#timer ??= setTimeout(() => void this.flush(), ms)
  }

  async #send(key: DraftKey): Promise<void> {
    const name = this.#name(key)
    const draft = this.#held.get(name)?.draft
    const isWanted = draft !== undefined && isTouched(draft)
    const wasStored = this.#stored.has(name)
    if (!isWanted) this.#kept.delete(name)
    if (!isWanted && !wasStored) return
    this.#sending += 1
    let pause = pauseMs
    try {
      if (isWanted) await this.#save(key, draft)
      else await this.#discard(key)
    } catch (thrown) {
      const problem = toErrorData(thrown)
      this.#say(key, { problem })
      // What is refused for what it is waits for other words.
      if (problem.kind !== 'rejected' && !this.#unsaved.has(this.#name(key)))
        this.#unsaved.set(this.#name(key), key)
      pause = retryMs
    } finally {
      this.#sending -= 1
      this.#later(pause)
    }
  }

  async #save(key: DraftKey, draft: Draft): Promise<void> {
    this.#stored.add(this.#name(key))
    const { at } = await this.#api.call('drafts.save', { profileId: key.scope, draft })
    this.#say(key, { at })
  }

  async #discard({ scope, place, id }: DraftKey): Promise<void> {
    const name = this.#name({ scope, place, id })
    this.#stored.delete(name)
    try {
      await this.#api.call('drafts.discard', { profileId: scope, about: { place, id } })
    } catch (thrown) {
      this.#stored.add(name)
      throw thrown
    }
  }

  #say(key: DraftKey, how: Omit<Kept, 'restored'>): void {
    const name = this.#name(key)
    const restored = this.#kept.get(name)?.restored ?? false
    if (this.#held.has(name)) this.#kept.set(name, { restored, ...how })
  }

  /** What is here already is newer. */
  #restore(scope: string, { draft, at, keptUnder }: CallOutput<'drafts.list'>[number]): void {
    this.follow(keptUnder, draft.id)
    const name = this.#name({ ...draft, scope })
    this.#stored.add(name)
    if (this.#held.has(name)) return
    this.#held.set(name, { scope, draft })
    this.#kept.set(name, { restored: true, at })
  }

  /** What was made here may have been sent: its draft goes by the server's id then. */
  async #learnIds(): Promise<void> {
    const scope = this.#scope
    const isLocal = [...this.#held.values()].some((one) => one.scope === scope && isLocalId(one.draft.id))
    if (!isLocal || this.#isLearning) return
    this.#isLearning = true
    try {
      const listed = await this.#api.call('drafts.list', { profileId: scope })
      for (const { draft, keptUnder } of listed) this.follow(keptUnder, draft.id)
    } catch {
      // Asked again at the next change, and whenever the profile is opened.
    } finally {
      this.#isLearning = false
    }
  }
}
