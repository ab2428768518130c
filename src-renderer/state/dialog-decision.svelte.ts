import type { Decided } from '#shared/contract/alert-calls.ts'
import type { App } from './app.ts'
import type { DraftKey } from './drafts.svelte.ts'
import { Attempt } from './attempt.svelte.ts'

/**
 * One decision made in a dialog: busy while it is stored, closed once it is, its failure shown in place. Whoever has
 * left the dialog by then keeps the one in front now, and is told of a failure all the same. With it goes the draft of
 * what is typed in it, where it keeps one.
 */
export class DialogDecision extends Attempt {
  #app: App
  #dialog: App['dialogs']['open']
  readonly #draft: DraftKey | undefined

  constructor(app: App, draft?: DraftKey) {
    super()
    this.#app = app
    this.#dialog = app.dialogs.open
    this.#draft = draft
  }

  /** How the draft is kept. */
  get kept() {
    return this.#draft && this.#app.drafts.kept(this.#draft)
  }

  /** Answers what was decided, or undefined when it was not. */
  async make<T extends Decided>(
    ids: readonly string[],
    sentence: string,
    call: () => Promise<T>,
  ): Promise<T | undefined> {
    let decided: T | undefined
    await this.store(sentence, async () => (decided = await this.#app.decisions.make(ids, sentence, call)))
    return decided
  }

  /** Stores what `sentence` says. A second press while it is being stored does nothing. */
  async store(sentence: string, work: () => Promise<unknown>): Promise<void> {
    const done = await this.run(async () => {
      try {
        await work()
      } catch (thrown) {
        if (!this.#isInFront) this.#app.problems.report(thrown, `Not done: ${sentence}`)
        throw thrown
      }
    })
    if (!done) return
    this.#dropDraft()
    this.close()
  }

  /** The analyst lets go of it, and of what was typed unless that is on its way. */
  cancel(): void {
    if (!this.busy) this.#dropDraft()
    this.close()
  }

  close(): void {
    if (!this.#isInFront) return
    this.#app.dialogs.close()
    this.#app.queue.focus = { on: 'list' }
  }

  #dropDraft(): void {
    if (this.#draft) this.#app.drafts.drop(this.#draft)
  }

  get #isInFront(): boolean {
    return this.#app.dialogs.open === this.#dialog
  }
}
