import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { App } from '../../state/app.ts'
import { Soon } from '../../state/soon.ts'

export type CaseDetail = CallOutput<'cases.get'>
const changePauseMs = 150

/** The case open beside the list. */
export class CaseState {
  data = $state.raw<CaseDetail | undefined>(undefined)
  failure = $state.raw<ErrorData | undefined>(undefined)
  #app: App
  #id: string
  #soon = new Soon(
    () => this.read(),
    () => changePauseMs,
  )

  constructor(app: App, id: string) {
    this.#app = app
    this.#id = id
  }

  /** Follows what changes. Answers how to stop. */
  start(): () => void {
    const soon = () => this.#soon.ask()
    const stops = [this.#app.api.on('outbox.changed', soon), this.#app.api.on('queue.changed', soon)]
    return () => {
      this.#soon.stop()
      stops.forEach((stop) => stop())
    }
  }

  async read(): Promise<void> {
    try {
      this.data = await this.#app.api.call('cases.get', { id: this.#id })
      this.failure = undefined
    } catch (thrown) {
      this.failure = toErrorData(thrown)
    }
  }
}
