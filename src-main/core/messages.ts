import type { MessagePort } from 'node:worker_threads'
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import type { Saved } from '#shared/contract/file-calls.ts'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Profile, Session } from '#shared/model/session.ts'
import type { ReceiptFormat } from '../services/receipt-file.ts'
import type { Exported, ExportRequest } from '../services/export-outbox.ts'
import type { SaveRequest } from '../services/save-file.ts'
import type { StoreLocation } from '../store/ports.ts'
import type { Connection } from '../thehive/port.ts'
import type { Tested } from './server-factory.ts'

/** Calls the core answers while a profile is open; the rest of the contract is answered in main. */
export type CoreCall = Exclude<
  CallName,
  | `app.${string}`
  | `vault.${string}`
  | `profiles.${string}`
  | 'observables.save'
  | 'attachments.save'
  | 'strays.save'
  | 'outbox.exportReceipts'
  | 'outbox.export'
>

export type OpenRequest = {
  profile: Profile
  folder: string
  keyHex: string
  /** Absent for local and sample workspaces. */
  connection?: Connection | undefined
  /** What a successful test just told; saves asking again. */
  session?: Session | undefined
  /** Nothing is sent or fetched from the start. */
  workOffline?: boolean | undefined
  /** The analyst's word: an outbox of which nothing can be read is kept aside, and an empty one begun. */
  mayBeginAnew?: boolean | undefined
}

/** The core thread as main sees it. */
export interface CoreThread {
  /** Asks a server who it is and who we are; nothing is stored. */
  test(connection: Connection): Promise<Tested>
  open(request: OpenRequest): Promise<OpenProfile>
  current(): Promise<OpenProfile | null>
  /** Shown with what is open, until read. */
  note(notice: ErrorData): Promise<void>
  /** How the machine does; it outlives a profile. */
  power(state: { onBattery: boolean }): Promise<void>
  /** It woke, or its network is back. */
  hint(): Promise<void>
  /** Forager is closing: whoever waits for a server's answer waits no longer. */
  leave(): Promise<void>
  close(): Promise<void>
  /** What to offer as a file name when saving a file of an alert, or one that is kept. */
  nameToSave(request: SaveRequest): Promise<string>
  /** Saves it where main was told to. */
  saveFile(request: SaveRequest & { path: string }): Promise<Saved>
  /** Writes all receipts where main was told to. */
  exportReceipts(request: { format: ReceiptFormat; path: string }): Promise<{ path: string; count: number }>
  /** Writes what waits where main was told to. */
  exportOutbox(request: ExportRequest): Promise<Exported>
  call<K extends CoreCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>>
}

/** What the cache's writer is started with: `pages` leads to the thread that reads them. */
export type CacheThreadData = { location: StoreLocation; pages: MessagePort }

/** What the thread that reads pages is started with. */
export type PageThreadData = { pages: MessagePort }

/** What a reader is started with. */
export type ReaderThreadData = { location: StoreLocation }
