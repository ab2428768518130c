import type { z } from 'zod'
import { alertCalls } from './alert-calls.ts'
import { appCalls } from './app-calls.ts'
import { mergeDomains } from './define.ts'
import { draftCalls } from './draft-calls.ts'
import { fileCalls } from './file-calls.ts'
import { outboxCalls } from './outbox-calls.ts'
import { packCalls } from './pack-calls.ts'
import { profileCalls } from './profile-calls.ts'
import { settingsCalls } from './settings-calls.ts'
import { syncCalls } from './sync-calls.ts'

/** The whole contract between page and main: every call, once. */
export const contract = mergeDomains(
  appCalls,
  profileCalls,
  settingsCalls,
  syncCalls,
  packCalls,
  alertCalls,
  draftCalls,
  fileCalls,
  outboxCalls,
)

export type Contract = typeof contract
export type CallName = keyof Contract & string
export type CallInput<K extends CallName> = z.input<Contract[K]['input']>
/** The input after parsing: defaults filled in. */
export type ParsedInput<K extends CallName> = z.output<Contract[K]['input']>
export type CallOutput<K extends CallName> = z.output<Contract[K]['output']>
export const callNames = Object.keys(contract) as CallName[]
