import { drainRun, scriptRun, someIds } from './outbox-support/drain-run.ts'
import type { DrainRun } from './outbox-support/drain-run.ts'
import { rowOf } from './rows.ts'
import type { BenchRow, BenchSizes } from './rows.ts'
import { decideMeanwhile } from './sync-support/decisions.ts'
import type { DecisionTimes } from './sync-support/decisions.ts'
import { runFill } from './sync-support/fill.ts'
import { startStandInProcess } from './sync-support/stand-in-process.ts'
import type { StandInProcess } from './sync-support/stand-in-process.ts'

const decisions = 1_000
const idleMs = 10_000

/**
 * How long a decision takes to be on the disk, while nothing else happens and during a first fill, beside one fdatasync; and
 * what a thousand of them cost on their way, together, one by one, and as a script without an outbox would send them.
 */
export async function run({ alerts = 20_000, rounds = 3 }: BenchSizes = {}): Promise<BenchRow[]> {
  const hive = await startStandInProcess(alerts)
  try {
    const enqueued = await measureEnqueue(hive)
    const drained = await measureDrain(hive, rounds)
    return [...enqueued, ...drained]
  } finally {
    await hive.stop()
  }
}

const noTimes = (): DecisionTimes => ({ decisions: [], floor: [] })

async function measureEnqueue(hive: StandInProcess): Promise<BenchRow[]> {
  const [filling, idle] = [noTimes(), noTimes()]
  const filled = await runFill(hive, 'encrypted', async (call, whileFilling) => {
    await decideMeanwhile(call, whileFilling, filling)
    await call('sync.workOffline', { offline: true })
    await decideMeanwhile(call, AbortSignal.timeout(idleMs), idle)
  })
  filled.remove()
  const name = 'durable decision'
  return [
    rowOf(
      `${name}, idle (${idle.decisions.length}; baseline: one fdatasync)`,
      'ms',
      idle.decisions,
      idle.floor,
    ),
    rowOf('  one fdatasync of 4 KB', 'ms', idle.floor),
    rowOf(
      `${name}, during a first fill (${filling.decisions.length}; baseline: one fdatasync)`,
      'ms',
      filling.decisions,
      filling.floor,
    ),
    rowOf('  one fdatasync of 4 KB meanwhile', 'ms', filling.floor),
  ]
}

async function measureDrain(hive: StandInProcess, rounds: number): Promise<BenchRow[]> {
  const ids = await someIds(hive, decisions)
  const runs = { together: [] as DrainRun[], single: [] as DrainRun[], script: [] as DrainRun[] }
  for (let round = 0; round < rounds; round++) {
    const change = (which: string) => ({ addTags: [`${which}-${round}`] })
    runs.script.push(await scriptRun(hive, { ids, change: change('script') }))
    runs.single.push(await drainRun(hive, { ids, change: change('single'), together: false }))
    runs.together.push(await drainRun(hive, { ids, change: change('together'), together: true }))
  }
  const ms = (of: readonly DrainRun[]) => of.map((one) => one.ms)
  const requests = (of: readonly DrainRun[]) => of.map((one) => one.requests)
  const [base, asked] = [ms(runs.script), requests(runs.script)]
  return [
    rowOf(`${ids.length} decisions, a script's single calls`, 'ms', base),
    rowOf('  drained one by one (baseline: the script)', 'ms', ms(runs.single), base),
    rowOf('  drained in parcels (baseline: the script)', 'ms', ms(runs.together), base),
    rowOf(`${ids.length} decisions, a script's single calls`, 'requests', asked),
    rowOf('  drained one by one (baseline: the script)', 'requests', requests(runs.single), asked),
    rowOf('  drained in parcels (baseline: the script)', 'requests', requests(runs.together), asked),
  ]
}
