import type { Reply } from './envelope.ts'
import type { EventName, EventPayload } from './events.ts'
import type { CallInput, CallName } from './contract.ts'

/** The calls whose paths come from dropped or chosen files: reached only through {@link ForagerBridge.sendFiles}. */
export const fileCalls = [
  'triage.addFiles',
  'triage.addAttachments',
  'alerts.create',
  'outbox.import',
] as const
export type FileCall = (typeof fileCalls)[number]
export type PlainCall = Exclude<CallName, FileCall>

/** What a page says of such a call: everything but the paths. */
export type FileCallInput<K extends FileCall> = Omit<CallInput<K>, 'paths'>

/**
 * The one frozen object the preload exposes as `window.forager`. `calls` has one function a contract call, keyed by the
 * call's name. Each answers a tagged reply, never throws: errors are data here. `DroppedFile` is the DOM's `File`, which shared code cannot name.
 */
export type ForagerBridge<DroppedFile> = {
  readonly calls: { readonly [K in PlainCall]: (input: CallInput<K>) => Promise<Reply> }
  readonly sendFiles: <K extends FileCall>(
    name: K,
    input: FileCallInput<K>,
    files: readonly DroppedFile[],
  ) => Promise<Reply>
  readonly on: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) => () => void
}
