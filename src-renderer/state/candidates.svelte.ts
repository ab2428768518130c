import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { ObservableValue } from '#shared/model/observable.ts'
import type { Candidate } from '../ui/intake/candidate.ts'
import type { Api } from './api-port.ts'

/** Pasted text and what each of its lines is: looked at before anything is added. */
export class Candidates {
  text = $state('')
  found = $state<Candidate[]>([])
  problem = $state.raw<ErrorData | undefined>(undefined)
  readonly taken: readonly ObservableValue[] = $derived(
    this.found.filter((one) => one.taken).map(({ dataType, data }) => ({ dataType, data })),
  )
  #api: Api
  #run = 0

  constructor(api: Api) {
    this.#api = api
  }

  /** Says what each line is. The newest text wins over slower answers to older ones. */
  async read(text: string): Promise<void> {
    this.#run += 1
    const run = this.#run
    this.text = text
    try {
      const found = text.trim() === '' ? [] : await this.#api.call('intake.classify', { text })
      if (run !== this.#run) return
      this.found = found.map((one) => ({ ...one, taken: true }))
      this.problem = undefined
    } catch (thrown) {
      if (run === this.#run) this.problem = toErrorData(thrown)
    }
  }

  clear(): void {
    this.#run += 1
    this.text = ''
    this.found = []
    this.problem = undefined
  }
}
