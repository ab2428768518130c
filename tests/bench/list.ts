import { rmSync } from 'node:fs'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { connectCache } from '#main/store/cache/connect.ts'
import type { CacheReader, StoreLocation } from '#main/store/ports.ts'
import { allOf } from '#shared/query/build.ts'
import type { Filter } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import type { QueueCursor, QueueSort } from '#shared/query/queue-sort.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { benchFolder } from './bench-folder.ts'
import { rowOf } from './rows.ts'
import type { BenchRow } from './rows.ts'

const alertCount = Number(process.env['FORAGER_BENCH_ALERTS'] ?? 100_000)
const rounds = 400
const pageSize = 50
const inbox: Filter = { op: 'in', field: 'stage', values: ['New', 'InProgress'] }
const source: Filter = { op: 'eq', field: 'source', value: 'sensor-dmz' }
const tag: Filter = { op: 'eq', field: 'tags', value: 'site-3' }
const text = (value: string): Filter => ({ op: 'contains', field: 'text', value })
const mostSevere: QueueSort = { field: 'severity', direction: 'desc' }

/** Lists, details and counts at 100,000 alerts, against fetching fifty bodies by row key with one prepared statement. */
export function run(): Promise<BenchRow[]> {
  const encrypted = measured('encrypted', '5a'.repeat(32))
  const plain = measured('unencrypted', undefined)
  return Promise.resolve([...encrypted, ...plain])
}

type Job = { name: string; work: (random: Random) => unknown }

function measured(label: string, keyHex: string | undefined): BenchRow[] {
  const folder = benchFolder()
  const location: StoreLocation = { folder, keyHex, care: 'disposable' }
  try {
    const writer = openCacheWriter(location)
    const ids = fillCache(writer, alertCount).map(({ id }) => id)
    writer.close()
    const reader = openCacheReader(location)
    const db = connectCache(location, { readonly: true })
    const one = db.prepare<[number], string>('SELECT body FROM alert_body WHERE pk = ?').pluck()
    const bodies = (random: Random) =>
      Array.from({ length: pageSize }, () => one.get(1 + random.below(alertCount)))
    const rows = interleaved(bodies, jobs(reader, ids), label)
    db.close()
    reader.close()
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function jobs(reader: CacheReader, ids: readonly string[]): Job[] {
  const page = (filter: Filter, sort: QueueSort, after?: QueueCursor) =>
    reader.rows(reader.order({ filter, sort, after, limit: pageSize }).pks)
  const everything = reader.order({
    filter: inbox,
    sort: newestFirst,
    after: undefined,
    limit: alertCount,
  }).pks
  const cursorAt = (random: Random): QueueCursor => {
    const [row] = reader.rows([random.pick(everything)])
    if (row === undefined) throw new Error('The list has no such row')
    return { value: row.date, pk: row.pk }
  }
  return [
    { name: 'first page', work: () => page(inbox, newestFirst) },
    { name: 'first page by severity', work: () => page(inbox, mostSevere) },
    { name: 'deep page', work: (random) => page(inbox, newestFirst, cursorAt(random)) },
    { name: 'page of one source', work: () => page(allOf([inbox, source]), newestFirst) },
    { name: 'page of one tag', work: () => page(allOf([inbox, tag]), newestFirst) },
    { name: 'text, common', work: () => page(allOf([inbox, text('second factor')]), newestFirst) },
    {
      name: 'text, rare',
      work: (random) =>
        page(text(`198.51.100.${random.below(256)}:${1024 + random.below(60_000)}`), newestFirst),
    },
    { name: 'open one alert', work: (random) => reader.detail(random.pick(ids)) },
    { name: 'counts', work: () => reader.counts('ana@acme.example') },
  ]
}

/** Every round runs the baseline and each job once, so that drift of the machine hits all alike. */
function interleaved(baseline: Job['work'], all: readonly Job[], label: string): BenchRow[] {
  const random = seededRandom(11)
  const samples = new Map<string, number[]>(all.map(({ name }) => [name, []]))
  const baselineSamples: number[] = []
  for (let round = 0; round < rounds; round++) {
    baselineSamples.push(timed(() => baseline(random)))
    for (const { name, work } of all) samples.get(name)?.push(timed(() => work(random)))
  }
  const own = rowOf(`${label}: 50 bodies by key`, 'ms', baselineSamples)
  return [
    own,
    ...all.map(({ name }) => rowOf(`${label}: ${name}`, 'ms', samples.get(name) ?? [], baselineSamples)),
  ]
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
