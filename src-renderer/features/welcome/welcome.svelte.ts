import type { VaultStatus } from '#shared/contract/app-calls.ts'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Profile } from '#shared/model/session.ts'
import type { App } from '../../state/app.ts'
import { Attempt } from '../../state/attempt.svelte.ts'

export type WelcomeStep = 'choose' | 'connect' | 'local' | 'recover'

/** A keychain that is open answers sooner, ms. */
const momentMs = 1_000

/** A profile whose key is gone, or whose files another key is kept for, perhaps; and when the recovery key that brings it back was made. */
export type LostKey = { id: string; name: string; madeAt: number; isGone: boolean }

/** Before anything is open: where secrets are kept, what was open before, what to open now. */
export class WelcomeState {
  step = $state<WelcomeStep>('choose')
  profiles = $state.raw<readonly Profile[]>([])
  vault = $state.raw<VaultStatus | undefined>(undefined)
  lost = $state.raw<LostKey | undefined>(undefined)
  /** Where secrets are is not known yet, for longer than a moment. */
  keychainIsSlow = $state(false)
  readonly app: App
  readonly #attempt = new Attempt()
  #what = $state<string | undefined>(undefined)
  #asked = $state.raw<Pick<Profile, 'id' | 'name'> | undefined>(undefined)

  constructor(app: App) {
    this.app = app
  }

  get problem(): ErrorData | undefined {
    return this.#attempt.problem
  }

  set problem(problem: ErrorData | undefined) {
    this.#attempt.problem = problem
  }

  /** The profile of whose outbox nothing can be read, with the key there is. */
  get unreadable(): Pick<Profile, 'id' | 'name'> | undefined {
    return this.problem?.details?.['unreadable'] === 'outbox' ? this.#asked : undefined
  }

  /** What is being waited for; one thing at a time. */
  get busy(): string | undefined {
    return this.#attempt.busy ? this.#what : undefined
  }

  async start(): Promise<void> {
    await this.attempt('start', async () => {
      const both = [this.#lookForKeychain(), this.#listKnown()]
      // Where one fails the other is waited for all the same.
      await Promise.allSettled(both)
      await Promise.all(both)
    })
  }

  async #listKnown(): Promise<void> {
    const profiles = await this.app.api.call('profiles.list', {})
    this.profiles = profiles.toSorted((a, b) => (b.lastOpenedAt ?? 0) - (a.lastOpenedAt ?? 0))
  }

  async #lookForKeychain(): Promise<void> {
    const moment = setTimeout(() => (this.keychainIsSlow = true), momentMs)
    try {
      this.vault = await this.app.api.call('vault.status', {})
    } finally {
      clearTimeout(moment)
      this.keychainIsSlow = false
    }
  }

  go(step: WelcomeStep): void {
    this.step = step
    this.problem = undefined
  }

  /**
   * Opens what was open before. Where its key is lost, or what is kept does not open it, and there is a recovery key, that is asked for.
   */
  async openKnown({ id, name }: Pick<Profile, 'id' | 'name'>): Promise<void> {
    this.#asked = { id, name }
    if (await this.open(id, () => this.app.api.call('profiles.open', { id }))) return
    const { problem } = this
    const isGone = problem?.kind === 'no-keychain'
    if (!isGone && problem?.kind !== 'corrupt') return
    await this.attempt('recovery', async () => {
      const { madeAt } = await this.app.api.call('vault.recoveryOf', { profileId: id })
      if (madeAt === null) return
      this.lost = { id, name, madeAt, isGone }
      this.step = 'recover'
    })
    // What is damaged may be just that.
    if (this.step !== 'recover' || !isGone) this.problem ??= problem
  }

  /** Asks before it begins an empty outbox. */
  askToBeginAnew({ id, name }: Pick<Profile, 'id' | 'name'>): void {
    const { api, dialogs, profile } = this.app
    dialogs.confirm({
      title: 'Begin with an empty outbox?',
      names: [name],
      note: 'Decisions in the file that cannot be read are not sent. It is kept beside the new one, in the folder of the profile, and so is its backup: with the right key both can be read again.',
      verb: 'Begin an empty one',
      run: async () => profile.adopt(await api.call('profiles.open', { id, beginAnew: true })),
    })
  }

  /** Opens something; its failure stays on this screen. Answers whether it worked. */
  async open(what: string, call: () => Promise<OpenProfile>): Promise<boolean> {
    return this.attempt(what, async () => this.app.profile.adopt(await call()))
  }

  async secure(call: () => Promise<VaultStatus>): Promise<boolean> {
    return this.attempt('vault', async () => {
      this.vault = await call()
    })
  }

  attempt(what: string, work: () => Promise<void>): Promise<boolean> {
    return this.#attempt.run(() => {
      this.#what = what
      return work()
    })
  }
}
