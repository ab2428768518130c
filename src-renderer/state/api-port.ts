import type { FileCall, FileCallInput, PlainCall } from '#shared/contract/api.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'

/** What the screens need of the other side. Calls throw `ForagerError`. */
export interface Api {
  call<K extends PlainCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>>
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void
  /** The calls that files go with; their paths are filled in on the other side of the page. */
  sendFiles<K extends FileCall>(
    name: K,
    input: FileCallInput<K>,
    files: readonly File[],
  ): Promise<CallOutput<K>>
}
