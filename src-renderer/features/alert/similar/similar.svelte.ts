import type { CallOutput } from '#shared/contract/contract.ts'
import type { App } from '../../../state/app.ts'
import { Attempt } from '../../../state/attempt.svelte.ts'

export type SimilarAnswer = CallOutput<'alerts.similar'>

/** What the server counts as similar to one alert. Asked when it is looked at, because only the server knows. */
export class Similar extends Attempt {
  answer = $state.raw<SimilarAnswer | undefined>(undefined)
  #app: App
  #id: string

  constructor(app: App, id: string) {
    super()
    this.#app = app
    this.#id = id
  }

  async ask(): Promise<void> {
    await this.run(async () => (this.answer = await this.#app.api.call('alerts.similar', { id: this.#id })))
  }
}
