import { setTimeout as wait } from 'node:timers/promises'
import type { CoreCaller } from './fill.ts'

const everyMs = 50
const newestFirst = { field: 'date', direction: 'desc' } as const

/**
 * An analyst who cannot wait: while the queue still loads, one decision every 50 ms on an alert that is there already.
 * Each is timed from asking to knowing that it is on the disk. Milliseconds.
 */
export async function decideMeanwhile(call: CoreCaller, filled: AbortSignal, times: number[]): Promise<void> {
  const ids = await someAlerts(call, filled)
  for (let turn = 0; !filled.aborted; turn++) {
    const id = ids[turn % ids.length]
    if (id === undefined) return
    const start = performance.now()
    await call('triage.update', { ids: [id], change: { addTags: [`seen-${turn}`] } })
    const spent = performance.now() - start
    times.push(spent)
    await wait(Math.max(0, everyMs - spent))
  }
}

async function someAlerts(call: CoreCaller, filled: AbortSignal): Promise<string[]> {
  while (!filled.aborted) {
    const { pks } = await call('queue.order', { filter: {}, sort: newestFirst, limit: 500 })
    if (pks.length > 0) return (await call('queue.rows', { pks })).map(({ id }) => id)
    await wait(everyMs)
  }
  return []
}
