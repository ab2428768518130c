import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contract } from '#shared/contract/contract.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import type { Profile } from '#shared/model/session.ts'
import type { Filter } from '#shared/query/filter.ts'
import type { CoreCall, CoreThread, OpenRequest } from '#main/core/messages.ts'
import { startThread } from '#main/core/threads.ts'
import { isBuilt } from '../../../build/scripts/lib/build-state.mjs'
import { until } from '../until.ts'

/** As it is built where the build is of these sources: its five threads then start in a third of the time. */
const core = isBuilt() ? 'out/main/core-worker.js' : 'src-main/core/core-worker.ts'
const coreUrl = pathToFileURL(join(import.meta.dirname, '../../..', core))
const keyHex = 'ab'.repeat(32)

export type CoreRig = Awaited<ReturnType<typeof startCoreRig>>

/** The real core in its real threads on real files, without a window. `connection` absent: a local workspace. */
export async function startCoreRig(options: {
  connection?: OpenRequest['connection']
  kind?: Profile['kind']
  folder?: string
  mayBeginAnew?: boolean
}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'forager-core-'))
  const thread = startThread<CoreThread>(coreUrl, undefined)
  const events: { name: string; payload: unknown }[] = []
  thread.onEvent((name, payload) => events.push({ name, payload }))
  const kind = options.kind ?? (options.connection === undefined ? 'local' : 'thehive')
  const profile: Profile = { id: 'p', kind, name: 'Test' }
  const { remote } = thread
  const call = <K extends CoreCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>> =>
    remote.call(name, contract[name].input.parse(input) as never) as Promise<CallOutput<K>>
  const rig = {
    ...{ folder, events, call, remote },
    open: () =>
      remote.open({
        ...{ profile, folder, keyHex, connection: options.connection },
        mayBeginAnew: options.mayBeginAnew,
      }),
    status: () => call('sync.status', {}),
    /** The newest alerts of the inbox. */
    inbox: async (limit = 50) => {
      const sort = { field: 'date', direction: 'desc' } as const
      const filter: Filter = { op: 'in', field: 'stage', values: ['New', 'InProgress'] }
      const { pks } = await call('queue.order', { filter, sort, limit })
      return call('queue.rows', { pks })
    },
    /** A whole round has succeeded: the copy is complete and indexed. */
    filled: () =>
      until(
        'the first fill ends',
        async () => {
          const { connection, lastSuccessAt, fill } = await rig.status()
          const complete = fill === undefined || fill.phase === 'done'
          return complete && connection === 'online' && lastSuccessAt !== undefined
        },
        60_000,
      ),
    /** Ends undo windows and waits until nothing waits any more and every receipt has been read back. */
    sent: async () => {
      await call('outbox.sendNow', {})
      await until('the outbox is empty', async () => (await rig.status()).waiting === 0, 30_000)
      await until(
        'nothing is shown as pending',
        async () => !(await rig.inbox(200)).some((row) => row.pending),
      )
    },
    /** Ends the thread as a crash would: nothing is flushed or closed by us. */
    kill: () => thread.stop(),
    stop: async () => {
      await remote.close()
      await thread.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await rig.open()
  return rig
}
