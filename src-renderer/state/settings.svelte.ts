import { settingsSchema } from '#shared/model/settings.ts'
import type { Settings, SettingsChange } from '#shared/model/settings.ts'
import type { Api } from './api-port.ts'
import type { Problems } from './problems.svelte.ts'

/** What is set for the open profile, as the other side last said. */
export class SettingsState {
  now = $state.raw<Settings>(settingsSchema.parse({}))
  #api: Api
  #problems: Problems

  constructor(api: Api, problems: Problems) {
    this.#api = api
    this.#problems = problems
  }

  /** Another profile is open. */
  async enter(): Promise<void> {
    try {
      this.now = await this.#api.call('settings.get', {})
    } catch (thrown) {
      this.#problems.report(thrown, 'Your settings could not be read')
    }
  }

  /** A failure is the caller's to show; nothing looks changed before it is stored. */
  async save(change: SettingsChange): Promise<void> {
    this.now = await this.#api.call('settings.save', change)
  }
}
