import { rmSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { CoreCall, CoreThread } from '#main/core/messages.ts'
import { startThread } from '#main/core/threads.ts'
import { benchFolder } from '../bench-folder.ts'
import type { StandInProcess } from './stand-in-process.ts'

export type Cipher = 'encrypted' | 'unencrypted'

const entries = {
  encrypted: new URL('../../../src-main/core/core-worker.ts', import.meta.url),
  unencrypted: new URL('./unencrypted/core-worker.ts', import.meta.url),
}
const keyHex = '5a'.repeat(32)
/** How often the loop's delay is looked at; what is reported is what came on top. Milliseconds. */
const lookEveryMs = 1
const longestFillMs = 600_000

export type FillRun = {
  /** From the moment the connection is up until all rows can be listed and found by text. Milliseconds. */
  ms: number
  /** Processor time of all our threads from start to end, in milliseconds: unlike `ms` it does not move with the neighbours. */
  cpu: number
  /** `ms` by phase. */
  phases: Record<string, number>
  /** Delay of this thread's loop meanwhile, which stands where Electron's main would. Milliseconds. */
  loopDelay: { p99: number; max: number }
  folder: string
  remove: () => void
}

/** The core as an analyst's screen reaches it. */
export type CoreCaller = <K extends CoreCall>(name: K, input: CallInput<K>) => Promise<CallOutput<K>>

/** One first fill by the real core in its real threads. `meanwhile` runs beside it, until its signal. */
export async function runFill(
  { connection }: StandInProcess,
  cipher: Cipher,
  meanwhile: (call: CoreCaller, filled: AbortSignal) => Promise<void> = () => Promise.resolve(),
): Promise<FillRun> {
  const folder = benchFolder()
  const thread = startThread<CoreThread>(entries[cipher], undefined)
  const filled = new AbortController()
  const watch = watchPhases(thread)
  const delay = monitorEventLoopDelay({ resolution: lookEveryMs })
  delay.enable()
  const call: CoreCaller = (name, input) => thread.remote.call(name, input as never) as never
  await thread.remote.open({
    profile: { id: 'bench', kind: 'thehive', name: 'Bench' },
    folder,
    keyHex,
    connection,
  })
  const beside = meanwhile(call, filled.signal)
  const { ms, cpu, phases } = await watch
  delay.disable()
  filled.abort()
  await beside
  await thread.remote.close()
  await thread.stop()
  const above = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - lookEveryMs)
  return {
    ...{ ms, cpu, phases, folder },
    loopDelay: { p99: above(delay.percentile(99)), max: above(delay.max) },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

type Watched = Pick<FillRun, 'ms' | 'cpu' | 'phases'>

/** Settles when the fill is done and what it left to be tidied is too, or fails with whatever stopped it. `ms` and `cpu` end with the fill. */
function watchPhases(thread: { onEvent: (listener: (name: string, payload: unknown) => void) => void }) {
  const phases: Record<string, number> = {}
  let started: number | undefined
  let before: NodeJS.CpuUsage | undefined
  let last = 0
  let filled: Pick<Watched, 'ms' | 'cpu'> | undefined
  return new Promise<Watched>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The fill takes too long')), longestFillMs)
    thread.onEvent((name, payload) => {
      if (name !== 'sync.status') return
      const { connection, fill, problem } = payload as SyncStatus
      const now = performance.now()
      if (filled !== undefined) {
        clearTimeout(late)
        return resolve({ ...filled, phases: { ...phases, 'merging text afterwards': now - last } })
      }
      if (problem !== undefined) return reject(new Error(`The fill met trouble: ${problem.message}`))
      if (connection !== 'online') return
      if (started !== undefined)
        phases[fill?.phase ?? 'start'] = (phases[fill?.phase ?? 'start'] ?? 0) + now - last
      started ??= now
      before ??= process.cpuUsage()
      last = now
      if (fill?.phase !== 'done') return
      const { user, system } = process.cpuUsage(before)
      filled = { ms: now - started, cpu: (user + system) / 1_000 }
    })
  })
}
