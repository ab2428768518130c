import { fileCalls } from '#shared/contract/api.ts'
import type { ForagerBridge } from '#shared/contract/api.ts'
import { callNames } from '#shared/contract/contract.ts'
import type { Reply } from '#shared/contract/envelope.ts'
import type { EventName } from '#shared/contract/events.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { alertCalls } from './fake-alert-calls.ts'
import { decidingCalls, readingCalls } from './fake-calls.ts'
import type { Emit, FakeCalls } from './fake-calls.ts'
import { caseCalls } from './fake-case-calls.ts'
import { draftCalls } from './fake-draft-calls.ts'
import { answerFiles } from './fake-file-calls.ts'
import { FakeState } from './fake-state.ts'
import type { HarnessState } from './fake-state.ts'
import { welcomeCalls } from './fake-welcome.ts'

/** What a test may do to the made-up other side. */
export type Harness = {
  readonly state: FakeState
  arrive: (amount: number) => void
  /** The connection is like this from now on. */
  line: (is: Partial<SyncStatus>) => void
  /** The outbox is another one, as after a round of sending. */
  outbox: (change: (before: readonly OperationView[]) => OperationView[]) => void
  /** From now on this call fails, in these words. */
  refuse: (name: string, message: string) => void
  /** Called names so far. */
  called: (name: string) => unknown[]
}

const slowMs = 1_500

/** Builds the bridge and the handle that tests pull. */
export function fakeForager(kind: HarnessState): { bridge: ForagerBridge<File>; harness: Harness } {
  const state = new FakeState(kind)
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const emit: Emit = (name, payload) => {
    const send = () => listeners.get(name)?.forEach((listener) => listener(payload as never))
    setTimeout(send)
  }
  const calls: FakeCalls = {
    ...readingCalls(state, emit),
    ...decidingCalls(state, emit),
    ...alertCalls(state, emit),
    ...caseCalls(state, emit),
    ...draftCalls(state),
    ...welcomeCalls(state, emit),
  }
  const refused = new Map<string, string>()
  const all: Record<string, ((input: never) => unknown) | undefined> = calls

  const answer = async (name: string, input: unknown): Promise<Reply> => {
    state.log.push({ name, input })
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
    try {
      const refusal = refused.get(name)
      if (refusal !== undefined) throw new ForagerError('disk-full', refusal)
      const call = all[name]
      if (!call) throw new Error(`The harness does not know ${name}`)
      // As across the real boundary: nothing is shared.
      return { ok: true, value: structuredClone(await call(structuredClone(input) as never)) }
    } catch (thrown) {
      return { ok: false, error: toErrorData(thrown) }
    }
  }

  const bridge: ForagerBridge<File> = {
    calls: Object.fromEntries(
      callNames
        .filter((name) => !fileCalls.some((one) => one === name))
        .map((name) => [name, (input: unknown) => answer(name, input)]),
    ) as ForagerBridge<File>['calls'],
    sendFiles: async (name, input, files) => {
      state.log.push({ name, input: { ...input, names: files.map((file) => file.name) } })
      try {
        return { ok: true, value: await answerFiles(name, structuredClone(input), files, { state, calls }) }
      } catch (thrown) {
        return { ok: false, error: toErrorData(thrown) }
      }
    },
    on: <E extends EventName>(name: E, listener: (payload: never) => void) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
  }
  const harness: Harness = {
    state,
    arrive: (amount) => {
      state.arrive(amount)
      emit('queue.changed', { ids: [], arrived: amount })
    },
    line: (is) => {
      state.line = is
      emit('sync.status', state.sync())
    },
    outbox: (change) => {
      state.operations = change(state.operations)
      emit('outbox.changed', state.counts())
    },
    refuse: (name, message) => refused.set(name, message),
    called: (name) => state.log.filter((one) => one.name === name).map((one) => one.input),
  }
  return { bridge, harness }
}
