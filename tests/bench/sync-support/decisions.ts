import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { benchFolder } from '../bench-folder.ts'
import type { CoreCaller } from './fill.ts'

const everyMs = 50
const block = Buffer.alloc(4_096, 7)
const newestFirst = { field: 'date', direction: 'desc' } as const

/** Milliseconds each. `floor` is what the disk itself takes at that moment: 4 KB appended to a file of its own, and fdatasync. */
export type DecisionTimes = { decisions: number[]; floor: number[] }

/**
 * An analyst who cannot wait: while the queue still loads, one decision every 50 ms on an alert that is there already.
 * Each is timed from asking to knowing that it is on the disk.
 */
export async function decideMeanwhile(
  call: CoreCaller,
  filled: AbortSignal,
  times: DecisionTimes,
): Promise<void> {
  const folder = benchFolder()
  const floor = await open(join(folder, 'floor'), 'a')
  try {
    await decide(call, filled, { times, floor })
  } finally {
    await floor.close()
    await rm(folder, { recursive: true })
  }
}

async function decide(
  call: CoreCaller,
  filled: AbortSignal,
  { times, floor }: { times: DecisionTimes; floor: FileHandle },
): Promise<void> {
  const ids = await someAlerts(call, filled)
  for (let turn = 0; !filled.aborted; turn++) {
    const id = ids[turn % ids.length]
    if (id === undefined) return
    const started = performance.now()
    const change = { addTags: [`seen-${turn}`] }
    times.decisions.push(await timed(() => call('triage.update', { ids: [id], change })))
    times.floor.push(await timed(() => floor.write(block).then(() => floor.datasync())))
    await wait(Math.max(0, everyMs - (performance.now() - started)))
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function someAlerts(call: CoreCaller, filled: AbortSignal): Promise<string[]> {
  while (!filled.aborted) {
    const { pks } = await call('queue.order', { filter: { op: 'any' }, sort: newestFirst, limit: 500 })
    if (pks.length > 0) return (await call('queue.rows', { pks })).map(({ id }) => id)
    await wait(everyMs)
  }
  return []
}
