import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import { tlpValues } from '#shared/model/scales.ts'
import type { Tlp } from '#shared/model/scales.ts'
import type { Ability, Capabilities } from '#shared/model/session.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { Api } from './api-port.ts'
import type { Problems } from './problems.svelte.ts'

const emptyCatalog: Catalog = {
  alertStatuses: [],
  caseStatuses: [],
  caseTemplates: [],
  customFields: [],
  users: [],
  observableTypes: [],
  techniques: [],
}

/** Longer than the longest usual pace, ms. */
const staleMs = 300_000

/** Without any of these an analyst can only look. */
const writing: readonly Ability[] = ['updateAlert', 'manageObservable', 'importAlert', 'createAlert']

function readOnlyReason(capabilities: Capabilities | undefined): string | undefined {
  if (capabilities === undefined) return undefined
  if (capabilities.readOnlyReason !== undefined) return capabilities.readOnlyReason
  const reasons = writing.map((ability) => capabilities.cannot[ability])
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined
}

/** What is open: profile, session, catalog and how the connection does. */
export class ProfileState {
  /** Undefined until asked, null when nothing is open. */
  open = $state.raw<OpenProfile | null | undefined>(undefined)
  sync = $state.raw<SyncStatus | undefined>(undefined)
  catalog = $state.raw<Catalog>(emptyCatalog)
  readonly login: string | undefined = $derived(this.open?.session.login)
  readonly capabilities: Capabilities | undefined = $derived(this.open?.session.capabilities)
  /** Markings that can be stored here, least restricted first. */
  readonly tlps: readonly Tlp[] = $derived(this.capabilities?.tlps ?? tlpValues)
  /** No server: what is decided is done at once, and nothing waits to be sent. */
  readonly local: boolean = $derived(this.open !== undefined && this.open?.profile.kind !== 'thehive')
  /** The server can be reached, or none is needed. */
  readonly reachable: boolean = $derived(
    this.sync?.connection === 'online' || this.sync?.connection === 'local',
  )
  /** Nothing may be changed here, for everybody or for this account. */
  readonly readOnly: string | undefined = $derived(readOnlyReason(this.capabilities))
  #api: Api
  #problems: Problems

  constructor(api: Api, problems: Problems) {
    this.#api = api
    this.#problems = problems
  }

  /**
   * How old what is shown is, as a moment (ms); undefined while it is fresh. Out of reach everything ages; on a line that is
   * polled seldom, or not at all, what was not confirmed for minutes does.
   */
  asOf(now: number): number | undefined {
    const confirmedAt = this.sync?.lastSuccessAt
    if (this.local || confirmedAt === undefined) return undefined
    return this.reachable && now - confirmedAt < staleMs ? undefined : confirmedAt
  }

  /** Follows what main says, then asks what is open. Answers how to stop. */
  start(): () => void {
    const stops = [
      this.#api.on('profile.changed', (open) => this.adopt(open)),
      this.#api.on('sync.status', (sync) => this.#follow(sync)),
      this.#api.on('outbox.changed', (counts) => {
        if (this.sync) this.sync = { ...this.sync, ...counts }
      }),
    ]
    void this.#askCurrent()
    return () => stops.forEach((stop) => stop())
  }

  adopt(open: OpenProfile | null): void {
    const same = open !== null && open.profile.id === this.open?.profile.id
    this.open = open
    this.sync = open?.sync
    if (open) void this.#loadCatalog()
    else if (!same) this.catalog = emptyCatalog
  }

  /** Back online, the server may list new statuses and templates. */
  #follow(sync: SyncStatus): void {
    const cameBack = sync.connection === 'online' && this.sync?.connection !== 'online'
    this.sync = sync
    if (cameBack && this.open) void this.#loadCatalog()
  }

  async #askCurrent(): Promise<void> {
    try {
      this.adopt(await this.#api.call('profiles.current', {}))
    } catch (thrown) {
      this.open = null
      this.#problems.report(thrown, 'Forager could not say what was open')
    }
  }

  async #loadCatalog(): Promise<void> {
    try {
      this.catalog = await this.#api.call('catalog.get', {})
    } catch (thrown) {
      this.#problems.report(thrown, 'The list of statuses and templates could not be read')
    }
  }
}
