import { rowOf } from './rows.ts'
import type { BenchRow, BenchSizes } from './rows.ts'
import { decideMeanwhile } from './sync-support/decisions.ts'
import type { DecisionTimes } from './sync-support/decisions.ts'
import { runFill } from './sync-support/fill.ts'
import type { FillRun } from './sync-support/fill.ts'
import { measureLimit } from './sync-support/limit.ts'
import type { Limit } from './sync-support/limit.ts'
import { collectPages } from './sync-support/pages.ts'
import type { Pages } from './sync-support/pages.ts'
import { startStandInProcess } from './sync-support/stand-in-process.ts'
import type { StandInProcess } from './sync-support/stand-in-process.ts'

type Measured = {
  limits: Limit[]
  unencrypted: FillRun[]
  encrypted: FillRun[]
  /** Encrypted, with an analyst deciding meanwhile. */
  deciding: FillRun[]
  times: DecisionTimes
}

/**
 * A first fill over HTTP to rows that can be listed and found, against L (sync-support/limit.ts). Every round measures each
 * once, so that drift of the machine hits all alike.
 */
export async function run({ alerts = 100_000, rounds = 3 }: BenchSizes = {}): Promise<BenchRow[]> {
  const hive = await startStandInProcess(alerts)
  try {
    const pages = await collectPages(hive)
    const measured = await measure(hive, pages, rounds)
    return rowsOf(measured, pages)
  } finally {
    await hive.stop()
  }
}

async function measure(hive: StandInProcess, pages: Pages, rounds: number): Promise<Measured> {
  const measured: Measured = {
    limits: [],
    unencrypted: [],
    encrypted: [],
    deciding: [],
    times: { decisions: [], floor: [] },
  }
  // The first warms the machine up and leaves the finished tables that L copies.
  const finished = await runFill(hive, 'unencrypted')
  const fill = async (...asked: Parameters<typeof runFill>) => {
    const filled = await runFill(...asked)
    filled.remove()
    return filled
  }
  try {
    for (let round = 0; round < rounds; round++) {
      measured.limits.push(measureLimit(pages.bodies, finished.folder))
      measured.unencrypted.push(await fill(hive, 'unencrypted'))
      measured.encrypted.push(await fill(hive, 'encrypted'))
      const deciding = await fill(hive, 'encrypted', (call, filled) =>
        decideMeanwhile(call, filled, measured.times),
      )
      measured.deciding.push(deciding)
    }
    return measured
  } finally {
    finished.remove()
  }
}

function rowsOf(measured: Measured, pages: Pages): BenchRow[] {
  const limit = measured.limits.map(({ total }) => total)
  const { unencrypted, encrypted, deciding } = measured
  const { decisions, floor } = measured.times
  const limitCpu = measured.limits.map(({ cpu }) => cpu)
  const cpu = (runs: readonly FillRun[]) => runs.map((run) => run.cpu)
  const ms = (runs: readonly FillRun[]) => runs.map((run) => run.ms)
  const size = `${pages.alerts} alerts, ${pages.observables} observables`
  return [
    rowOf(
      `L: JSON.parse`,
      'ms',
      measured.limits.map(({ parse }) => parse),
    ),
    rowOf(
      `L: SQLite's own copy`,
      'ms',
      measured.limits.map(({ copy }) => copy),
    ),
    rowOf(`first fill, unencrypted (${size}; baseline L)`, 'ms', ms(unencrypted), limit),
    rowOf('  processor time, unencrypted (baseline L)', 'ms', cpu(unencrypted), limitCpu),
    ...phaseRows('unencrypted', unencrypted),
    rowOf('first fill, encrypted (baseline L)', 'ms', ms(encrypted), limit),
    rowOf('  processor time, encrypted (baseline L)', 'ms', cpu(encrypted), limitCpu),
    ...phaseRows('encrypted', encrypted),
    rowOf('first fill, encrypted, 20 decisions a second (baseline L)', 'ms', ms(deciding), limit),
    rowOf('durable decision meanwhile (baseline: one fdatasync)', 'ms', decisions, floor),
    rowOf('one fdatasync of 4 KB meanwhile', 'ms', floor),
    ...loopRows([...unencrypted, ...encrypted, ...deciding]),
    rowOf('stand-in: a page of alerts', 'ms', pages.alertPageMs),
    rowOf('stand-in: a page of observables', 'ms', pages.observablePageMs),
  ]
}

function phaseRows(label: string, runs: readonly FillRun[]): BenchRow[] {
  const names = Object.keys(runs[0]?.phases ?? {})
  return names.map((name) =>
    rowOf(
      `  ${label}: ${name}`,
      'ms',
      runs.map(({ phases }) => phases[name] ?? 0),
    ),
  )
}

/** One sample a fill: its p99, its worst. */
function loopRows(runs: readonly FillRun[]): BenchRow[] {
  return (['p99', 'max'] as const).map((which) =>
    rowOf(
      `main loop delay, ${which} of a fill`,
      'ms',
      runs.map(({ loopDelay }) => loopDelay[which]),
    ),
  )
}
