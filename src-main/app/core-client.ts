import type { CallName, CallOutput, ParsedInput } from '#shared/contract/contract.ts'
import type { CoreCall, CoreThread } from '../core/messages.ts'
import { startThread, workerUrl } from '../core/threads.ts'
import { coreCalls } from '../core/core-calls.ts'
import type { Handlers } from '../ipc/handlers.ts'
import type { SendEvent } from '../ipc/send-event.ts'

type Plain =
  | 'test'
  | 'open'
  | 'current'
  | 'note'
  | 'leave'
  | 'close'
  | 'power'
  | 'hint'
  | 'nameToSave'
  | 'saveFile'
  | 'exportReceipts'
  | 'exportOutbox'

export type CoreClient = Pick<CoreThread, Plain> & {
  /** One forwarding handler for every call the core answers. */
  handlers: Pick<Handlers, CoreCall>
  stop: () => Promise<void>
}

/** Starts the core thread; what it tells goes to the page. */
export function startCore(send: SendEvent): CoreClient {
  const thread = startThread<CoreThread>(workerUrl('core-worker', import.meta.url), undefined)
  const { remote } = thread
  // A window that goes together with the core shows to its end what it showed.
  let isStopping = false
  thread.onEvent((name, payload) => {
    if (!isStopping) send(name as never, payload as never)
  })
  const forward =
    <K extends CoreCall>(name: K) =>
    (input: ParsedInput<K>): Promise<CallOutput<K>> =>
      remote.call(name, input as never) as Promise<CallOutput<K>>
  const handlers = Object.fromEntries(coreCalls.map((name: CallName) => [name, forward(name as CoreCall)]))
  return {
    test: (connection) => remote.test(connection),
    open: (request) => remote.open(request),
    current: () => remote.current(),
    note: (notice) => remote.note(notice),
    power: (state) => remote.power(state),
    hint: () => remote.hint(),
    leave: () => remote.leave(),
    close: () => remote.close(),
    nameToSave: (request) => remote.nameToSave(request),
    saveFile: (request) => remote.saveFile(request),
    exportReceipts: (request) => remote.exportReceipts(request),
    exportOutbox: (request) => remote.exportOutbox(request),
    handlers: handlers as unknown as Pick<Handlers, CoreCall>,
    stop: async () => {
      isStopping = true
      await remote.close()
      await thread.stop()
    },
  }
}
