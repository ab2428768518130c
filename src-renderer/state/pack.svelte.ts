import type { PackPlan, PackStatus } from '#shared/model/shift-pack.ts'
import { noPack } from '#shared/model/shift-pack.ts'
import type { Api } from './api-port.ts'
import type { Problems } from './problems.svelte.ts'

/** What is taken along from the open profile, as the other side last said. */
export class PackState {
  now = $state.raw<PackStatus>(noPack)
  #api: Api
  #problems: Problems

  constructor(api: Api, problems: Problems) {
    this.#api = api
    this.#problems = problems
  }

  /** Follows what is told. Answers how to stop. */
  start(): () => void {
    return this.#api.on('pack.changed', (status) => (this.now = status))
  }

  /** Another profile is open. */
  async enter(): Promise<void> {
    this.now = noPack
    try {
      this.now = await this.#api.call('pack.status', {})
    } catch (thrown) {
      this.#problems.report(thrown, 'Forager could not say what is taken along')
    }
  }

  /** Failures are the caller's to show. */
  async take(plan: PackPlan): Promise<void> {
    this.now = await this.#api.call('pack.start', plan)
  }

  async say(word: 'pause' | 'resume' | 'forget'): Promise<void> {
    this.now = await this.#api.call(`pack.${word}`, {})
  }
}
