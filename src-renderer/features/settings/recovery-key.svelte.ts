import type { App } from '../../state/app.ts'
import { Attempt } from '../../state/attempt.svelte.ts'

/** The recovery key in the settings: when it was made, and a new one until it is kept. */
export class RecoveryKey {
  /** Null: there is none. Undefined: not known yet. */
  madeAt = $state<number | null | undefined>(undefined)
  /** Of a new key that is not in force yet. Here only while it is shown; nobody can ask for it again. */
  code = $state<string | undefined>(undefined)
  typed = $state('')
  readonly groups: string[] = $derived(this.code?.split('-') ?? [])
  readonly isWritten: boolean = $derived(this.typed.trim().toUpperCase() === this.groups.at(-1))
  readonly attempt = new Attempt()
  readonly #app: App
  readonly #profile: { profileId: string }
  #hasLeft = false

  constructor(app: App, profileId: string) {
    this.#app = app
    this.#profile = { profileId }
  }

  async start(): Promise<void> {
    await this.attempt.run(async () => {
      this.madeAt = (await this.#app.api.call('vault.recoveryOf', this.#profile)).madeAt
    })
  }

  /** It may wait for the keychain; whoever has left by then sees no key, and none comes into force. */
  async make(): Promise<void> {
    await this.attempt.run(async () => {
      const { code } = await this.#app.api.call('vault.makeRecoveryKey', this.#profile)
      if (this.#hasLeft) return
      this.code = code
      this.typed = ''
    })
  }

  async keep(): Promise<void> {
    const { code } = this
    if (code === undefined || !this.isWritten) return
    await this.attempt.run(async () => {
      const input = { ...this.#profile, code }
      this.madeAt = (await this.#app.api.call('vault.keepRecoveryKey', input)).madeAt
      this.code = undefined
    })
    if (this.#hasLeft) this.#tellWhatIsLeft()
  }

  /** What was seen, and perhaps written down, must not pass for a key that opens something. */
  leave(): void {
    this.#hasLeft = true
    if (!this.attempt.busy) this.#tellWhatIsLeft()
  }

  #tellWhatIsLeft(): void {
    if (this.code === undefined) return
    const inForce = this.madeAt === null ? 'There is none.' : 'The one made before still does.'
    this.#app.problems.tell('The new recovery key was not kept', `It opens nothing. ${inForce}`)
    this.code = undefined
  }
}
