import type { CallInput } from '#shared/contract/contract.ts'
import type { Session } from '#shared/model/session.ts'
import type { WelcomeState } from './welcome.svelte.ts'

/** The connect form: what was typed, and what the server said about it. */
export class ConnectState {
  url = $state('')
  apiKey = $state('')
  organisation = $state('')
  caFile = $state('')
  proxy = $state('')
  proxyUser = $state('')
  proxyPassword = $state('')
  /** What the test found; gone as soon as anything is typed. */
  session = $state.raw<Session | undefined>(undefined)
  readonly ready: boolean = $derived(this.url.trim() !== '' && this.apiKey.trim() !== '')
  #welcome: WelcomeState

  constructor(welcome: WelcomeState) {
    this.#welcome = welcome
  }

  typed(): void {
    this.session = undefined
    this.#welcome.problem = undefined
  }

  async test(): Promise<void> {
    this.session = undefined
    await this.#welcome.attempt('test', async () => {
      this.session = await this.#welcome.app.api.call('profiles.test', this.#credentials())
    })
  }

  async connect(): Promise<void> {
    const { api } = this.#welcome.app
    await this.#welcome.open('connect', () => api.call('profiles.connect', this.#credentials()))
  }

  #credentials(): CallInput<'profiles.test'> {
    const optional = (key: 'organisation' | 'caFile' | 'proxy') => {
      const value = this[key].trim()
      return value === '' ? {} : { [key]: value }
    }
    return {
      endpoint: {
        url: this.url.trim(),
        ...optional('organisation'),
        ...optional('caFile'),
        ...optional('proxy'),
      },
      apiKey: this.apiKey.trim(),
      ...this.#proxyLogin(),
    }
  }

  /** A blank at the end of a password may belong to it. */
  #proxyLogin(): Pick<CallInput<'profiles.test'>, 'proxyLogin'> {
    const [user, password] = [this.proxyUser.trim(), this.proxyPassword]
    if (this.proxy.trim() === '' || (user === '' && password === '')) return {}
    return { proxyLogin: { user, password } }
  }
}
