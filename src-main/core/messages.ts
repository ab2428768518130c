import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { Profile, Session } from '#shared/model/session.ts'
import type { StoreLocation } from '../store/ports.ts'
import type { Connection } from '../thehive/port.ts'
import type { Tested } from './server-factory.ts'

/** Calls the core answers while a profile is open; the rest of the contract is answered in main. */
export type CoreCall = Exclude<CallName, `app.${string}` | `vault.${string}` | `profiles.${string}`>

export type OpenRequest = {
  profile: Profile
  folder: string
  keyHex: string
  /** Absent for local and sample workspaces. */
  connection?: Connection | undefined
  /** What a successful test just told; saves asking again. */
  session?: Session | undefined
}

/** The core thread as main sees it. */
export interface CoreThread {
  /** Asks a server who it is and who we are; nothing is stored. */
  test(connection: Connection): Promise<Tested>
  open(request: OpenRequest): Promise<OpenProfile>
  current(): OpenProfile | null
  close(): Promise<void>
  call<K extends CoreCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>>
}

/** What a cache thread is started with. */
export type CacheThreadData = { location: StoreLocation }
