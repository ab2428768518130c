import type { Reply } from './envelope.ts'
import type { EventName, EventPayload } from './events.ts'
import type { CallInput, CallName } from './contract.ts'

/** The call whose paths come from dropped files: reached only through {@link ForagerBridge.addFiles}. */
export type FileCall = 'triage.addFiles'
export type PlainCall = Exclude<CallName, FileCall>

/**
 * The one frozen object the preload exposes as `window.forager`. `calls` has one function a contract call, keyed by the
 * call's name. Each answers a tagged reply, never throws: errors are data here. `DroppedFile` is the DOM's `File`, which shared code cannot name.
 */
export type ForagerBridge<DroppedFile> = {
  readonly calls: { readonly [K in PlainCall]: (input: CallInput<K>) => Promise<Reply> }
  readonly addFiles: (
    input: Omit<CallInput<FileCall>, 'paths'>,
    files: readonly DroppedFile[],
  ) => Promise<Reply>
  readonly on: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) => () => void
}
