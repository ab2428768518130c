import type { Decided } from '#shared/contract/alert-calls.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { App } from '../../state/app.ts'

/** One decision made in a dialog: busy while it is stored, closed once it is, its failure shown in place. */
export class DialogDecision {
  busy = $state(false)
  problem = $state.raw<ErrorData | undefined>(undefined)
  #app: App

  constructor(app: App) {
    this.#app = app
  }

  async make<T extends Decided>(
    ids: readonly string[],
    sentence: string,
    call: () => Promise<T>,
  ): Promise<T | undefined> {
    if (this.busy) return undefined
    this.busy = true
    this.problem = undefined
    try {
      const decided = await this.#app.decisions.make(ids, sentence, call)
      this.close()
      return decided
    } catch (thrown) {
      this.problem = toErrorData(thrown)
      return undefined
    } finally {
      this.busy = false
    }
  }

  close(): void {
    this.#app.dialogs.close()
    this.#app.queue.focus = { on: 'list' }
  }
}
