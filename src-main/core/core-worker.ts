import { parentPort } from 'node:worker_threads'
import type { CallInput } from '#shared/contract/contract.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { CoreCall, CoreThread, OpenRequest } from './messages.ts'
import { openProfile } from './open-profile.ts'
import type { OpenedProfile, Tell } from './open-profile.ts'
import { oneProfile } from './one-profile.ts'
import { nameToSave, saveFile } from '../services/save-file.ts'
import type { SaveRequest } from '../services/save-file.ts'
import { serve } from './rpc.ts'
import { testConnection } from './server-factory.ts'

// Store, sync and TheHive's client live here, so that main's loop stays free for windows and calls.
if (parentPort === null) throw new Error('The core runs as a worker thread')
let power = { onBattery: false }
const tell: Tell = (name, payload) => notify(name, payload)
const profile = oneProfile({
  openProfile: async (request, tellOfIt) => {
    const opened = await openProfile(request, tellOfIt, import.meta.url)
    opened.driver.power(power)
    return opened
  },
  tell,
})
const leaving = new AbortController()

function mustBeOpen(): OpenedProfile {
  const opened = profile.current()
  if (opened !== undefined) return opened
  throw new ForagerError('rejected', 'No connection or workspace is open.', { next: 'Open one first.' })
}

const methods: { [K in keyof CoreThread]: (...args: never[]) => unknown } = {
  test: (connection: Parameters<CoreThread['test']>[0]) =>
    testConnection(connection, AbortSignal.any([leaving.signal, AbortSignal.timeout(45_000)])),
  open: (request: OpenRequest) => profile.open(request),
  power: (state: typeof power) => {
    power = state
    profile.current()?.driver.power(state)
  },
  hint: () => profile.current()?.driver.hint(),
  current: () => profile.current()?.summary() ?? null,
  note: (notice: ErrorData) => mustBeOpen().note(notice),
  leave: () => {
    leaving.abort()
    profile.current()?.driver.leave()
  },
  close: () => profile.close(),
  nameToSave: (request: SaveRequest) => nameToSave(request, mustBeOpen().saving),
  saveFile: (request: SaveRequest & { path: string }) => saveFile(request, mustBeOpen().saving),
  exportReceipts: (request: Parameters<CoreThread['exportReceipts']>[0]) =>
    mustBeOpen().exportReceipts(request),
  exportOutbox: (request: Parameters<CoreThread['exportOutbox']>[0]) => mustBeOpen().exportOutbox(request),
  call: (name: CoreCall, input: CallInput<CoreCall>) =>
    (mustBeOpen().calls[name] as (input: unknown) => Promise<unknown>)(input),
}

const notify = serve(parentPort, methods)
