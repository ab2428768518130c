import { parentPort } from 'node:worker_threads'
import type { CallInput } from '#shared/contract/contract.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { CoreCall, CoreThread, OpenRequest } from './messages.ts'
import { openProfile } from './open-profile.ts'
import type { OpenedProfile, Tell } from './open-profile.ts'
import { nameToSave, saveFile } from '../services/save-file.ts'
import type { SaveRequest } from '../services/save-file.ts'
import { serve } from './rpc.ts'
import { testConnection } from './server-factory.ts'

// Store, sync and TheHive's client live here, so that main's loop stays free for windows and calls.
if (parentPort === null) throw new Error('The core runs as a worker thread')
let opened: OpenedProfile | undefined
let power = { onBattery: false }

function mustBeOpen(): OpenedProfile {
  if (opened !== undefined) return opened
  throw new ForagerError('rejected', 'No connection or workspace is open.', { next: 'Open one first.' })
}

const close = async () => {
  const closing = opened
  opened = undefined
  await closing?.close()
}

const methods: { [K in keyof CoreThread]: (...args: never[]) => unknown } = {
  test: (connection: Parameters<CoreThread['test']>[0]) =>
    testConnection(connection, AbortSignal.timeout(45_000)),
  open: async (request: OpenRequest) => {
    await close()
    opened = await openProfile(request, tell, import.meta.url)
    opened.driver.power(power)
    return opened.summary()
  },
  power: (state: typeof power) => {
    power = state
    opened?.driver.power(state)
  },
  hint: () => opened?.driver.hint(),
  current: () => opened?.summary() ?? null,
  close,
  nameToSave: (request: SaveRequest) => nameToSave(request, mustBeOpen().saving),
  saveFile: (request: SaveRequest & { path: string }) => saveFile(request, mustBeOpen().saving),
  exportReceipts: (request: Parameters<CoreThread['exportReceipts']>[0]) =>
    mustBeOpen().exportReceipts(request),
  exportOutbox: (request: Parameters<CoreThread['exportOutbox']>[0]) => mustBeOpen().exportOutbox(request),
  call: (name: CoreCall, input: CallInput<CoreCall>) =>
    (mustBeOpen().calls[name] as (input: unknown) => Promise<unknown>)(input),
}

const notify = serve(parentPort, methods)
const tell: Tell = (name, payload) => notify(name, payload)
