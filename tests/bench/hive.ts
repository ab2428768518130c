import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { flavours } from '#tests/support/thehive/state/server-kind.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { rowOf } from './rows.ts'
import type { BenchRow, BenchSizes } from './rows.ts'

const pageSize = 1_000
const keys = { authorization: 'Bearer ana-key', 'content-type': 'application/json' }

/**
 * What the stand-in itself costs, so that other benches measure Forager: loading its alerts, its first page, and pages once it is
 * warm. Aims on a quiet machine: 5,000 alerts under 1 s, a warm page of 1,000 under 50 ms.
 */
export async function run({ alerts = 5_000, rounds = 20 }: BenchSizes): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const flavour of flavours) rows.push(...(await measured(flavour, alerts, rounds)))
  return rows
}

async function measured(flavour: Flavour, alerts: number, rounds: number): Promise<BenchRow[]> {
  const started = performance.now()
  const spent = process.cpuUsage()
  const hive = await startStandIn({ flavour, alerts, seed: 1 })
  const loaded = { wall: performance.now() - started, cpu: cpuMs(spent) }
  const pages = Math.max(1, Math.floor(alerts / pageSize))
  const first = await timed(() => page(hive.url, flavour, 0))
  const warm: Spent[] = []
  for (let round = 0; round < rounds; round += 1)
    for (let at = 0; at < pages; at += 1) warm.push(await timed(() => page(hive.url, flavour, at)))
  await hive.stop()
  return [
    ...rowsOf(`${flavour}: ${alerts} alerts loaded`, [loaded]),
    ...rowsOf(`${flavour}: first page of ${pageSize}`, [first]),
    ...rowsOf(`${flavour}: warm page of ${pageSize}`, warm),
  ]
}

/** In ms. CPU is that of server and asker together; it says what a machine with nothing else to do would need. */
type Spent = { wall: number; cpu: number }

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}

function rowsOf(name: string, spent: readonly Spent[]): BenchRow[] {
  const of = (part: keyof Spent) => spent.map((one) => one[part])
  return [rowOf(name, 'ms', of('wall')), rowOf(name, 'CPU ms', of('cpu'))]
}

async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const [from, spent] = [performance.now(), process.cpuUsage()]
  await work()
  return { wall: performance.now() - from, cpu: cpuMs(spent) }
}

/** Newest first; read to its end, as whoever measures a client reads it. @throws Error when it is not a whole page */
async function page(url: string, flavour: Flavour, at: number): Promise<void> {
  const [from, to] = [at * pageSize, (at + 1) * pageSize]
  const query = [
    { _name: 'listAlert' },
    { _name: 'sort', _fields: [{ _createdAt: 'desc' }] },
    { _name: 'page', from, to },
  ]
  const [path, body] =
    flavour === 'thehive3'
      ? [`/api/alert/_search?range=${from}-${to}&sort=-createdAt`, { query: {} }]
      : ['/api/v1/query', { query }]
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: keys, body: JSON.stringify(body) })
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (!answer.ok || bytes.length < pageSize * 100)
    throw new Error(`${flavour} answered ${answer.status} with ${bytes.length} bytes`)
}
