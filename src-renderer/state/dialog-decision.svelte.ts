import type { Decided } from '#shared/contract/alert-calls.ts'
import type { App } from './app.ts'
import { Attempt } from './attempt.svelte.ts'

/** One decision made in a dialog: busy while it is stored, closed once it is, its failure shown in place. */
export class DialogDecision extends Attempt {
  #app: App

  constructor(app: App) {
    super()
    this.#app = app
  }

  /** Answers what was decided, or undefined when it was not. */
  async make<T extends Decided>(
    ids: readonly string[],
    sentence: string,
    call: () => Promise<T>,
  ): Promise<T | undefined> {
    let decided: T | undefined
    const done = await this.run(async () => (decided = await this.#app.decisions.make(ids, sentence, call)))
    if (done) this.close()
    return decided
  }

  close(): void {
    this.#app.dialogs.close()
    this.#app.queue.focus = { on: 'list' }
  }
}
