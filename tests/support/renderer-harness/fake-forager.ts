import type { ForagerBridge } from '#shared/contract/api.ts'
import { callNames } from '#shared/contract/contract.ts'
import type { Reply } from '#shared/contract/envelope.ts'
import type { EventName } from '#shared/contract/events.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { decidingCalls, readingCalls } from './fake-calls.ts'
import type { Emit } from './fake-calls.ts'
import { FakeState } from './fake-state.ts'
import type { HarnessState } from './fake-state.ts'
import { welcomeCalls } from './fake-welcome.ts'

/** What a test may do to the made-up other side. */
export type Harness = {
  readonly state: FakeState
  arrive: (amount: number) => void
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
  const all: Record<string, ((input: never) => unknown) | undefined> = {
    ...readingCalls(state),
    ...decidingCalls(state, emit),
    ...welcomeCalls(state, emit),
  }

  const answer = async (name: string, input: unknown): Promise<Reply> => {
    state.log.push({ name, input })
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
    try {
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
      callNames.map((name) => [name, (input: unknown) => answer(name, input)]),
    ) as ForagerBridge<File>['calls'],
    addFiles: async ({ id }, files) => {
      state.log.push({ name: 'triage.addFiles', input: { id, names: files.map((file) => file.name) } })
      const groupId = state.decide([id], 'observable.add-file', 'Add files', () => ({}))
      const outcomes = files.map((file) =>
        file.name.startsWith('gone')
          ? { name: file.name, refused: 'the file vanished before it could be read' }
          : {
              name: file.name,
              size: file.size,
              sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
            },
      )
      return { ok: true, value: { groupId, count: files.length, files: outcomes } }
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
    called: (name) => state.log.filter((one) => one.name === name).map((one) => one.input),
  }
  return { bridge, harness }
}
