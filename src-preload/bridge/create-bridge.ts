import { fileCalls } from '#shared/contract/api.ts'
import type { ForagerBridge, PlainCall } from '#shared/contract/api.ts'
import { callNames } from '#shared/contract/contract.ts'
import { protocolVersion } from '#shared/contract/define.ts'
import type { Reply, Request } from '#shared/contract/envelope.ts'
import { eventSchemas } from '#shared/contract/events.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { deepFreeze } from './deep-freeze.ts'
import { createEventHub } from './event-hub.ts'

/** What the bridge needs of the process it runs in. */
export interface BridgeHost<DroppedFile> {
  /** Asks main; rejects only when main cannot be reached. */
  invoke(request: Request): Promise<Reply>
  /** Hears every event message of main, stripped of where it came from. */
  listen(listener: (message: unknown) => void): void
  /** Where a dropped file lies; empty for one that was made in memory. */
  pathForFile(file: DroppedFile): string
}

/** What a page cannot ask by name: it would have to name paths. */
const withPaths: ReadonlySet<string> = new Set(fileCalls)

/** Builds the page's whole world from the contract's names. Frozen all the way down. */
export function createBridge<DroppedFile>(host: BridgeHost<DroppedFile>): ForagerBridge<DroppedFile> {
  const ask = (name: string, input: unknown): Promise<Reply> =>
    host
      .invoke({ v: protocolVersion, name, input })
      .catch((error: unknown) => refusal('bug', `Forager’s main process did not answer: ${textOf(error)}`))
  const calls = Object.fromEntries(
    callNames
      .filter((name) => !withPaths.has(name))
      .map((name) => [name, (input: unknown) => ask(name, input)]),
  ) as { [K in PlainCall]: (input: unknown) => Promise<Reply> }

  const hub = createEventHub(Object.keys(eventSchemas))
  host.listen(hub.dispatch)

  return deepFreeze<ForagerBridge<DroppedFile>>({
    calls,
    sendFiles: async (name, input, files) => {
      if (!withPaths.has(name)) return refusal('bug', 'No files go with this request')
      const paths = files.map((file) => host.pathForFile(file))
      if (paths.includes(''))
        return refusal('unreadable-file', 'One of these files has no place on this computer')
      return ask(name, { ...input, paths })
    },
    on: (name, listener) => hub.on(name, listener as (payload: unknown) => void),
  })
}

function refusal(kind: ErrorData['kind'], message: string): Reply {
  return { ok: false, error: { kind, message } }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
