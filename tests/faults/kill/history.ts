import { connectCache } from '#main/store/cache/connect.ts'
import { openDatabase } from '#main/store/open-database.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { quickFolder, removeFolder } from '../rig/folders.ts'
import { countAll } from './count.ts'
import type { Counted } from './count.ts'
import { oneLife } from './life.ts'
import type { KillAt } from './life.ts'
import type { Orders, Said } from './messages.ts'

const keyHex = 'cd'.repeat(32)
/** A start on a loaded machine takes long; work is what is to be interrupted. */
const startMs = 600
const workMs = 300
const mostMs = 300_000

export type History = Counted & { kills: number; damaged: string[]; stuck: string | undefined }

/** One profile through so many kills, then a last life that sends what waits; then server and files are asked. */
export async function killedHistory(
  { core, kills, name }: { core: string; kills: number; name: string },
  random: Random,
): Promise<History> {
  const hive = await startStandIn({ alerts: 30, seed: 1 })
  const folder = quickFolder()
  const said: Said[] = []
  const orders = (life: string, task: Orders['task']): Orders => ({
    ...{ core, folder, url: hive.url, keyHex, life, task },
  })
  let stuck: string | undefined
  try {
    for (let life = 0; life < kills; life += 1)
      said.push(...(await oneLife(orders(`${name}-${life}`, 'decide'), someMoment(random), mostMs)))
    await oneLife(orders('last', 'rest'), undefined, mostMs).catch((thrown: unknown) => {
      stuck = String(thrown)
    })
    return { ...countAll(hive, said), kills, stuck, damaged: damagedIn(folder) }
  } finally {
    await hive.stop()
    removeFolder(folder)
  }
}

/** One in four while it starts, the others at work. */
const someMoment = (random: Random): KillAt =>
  random.below(4) === 0
    ? { after: 'start', ms: random.below(startMs) }
    : { after: 'ready', ms: random.below(workMs) }

/** What SQLite itself says of both files. */
function damagedIn(folder: string): string[] {
  const location = { folder, keyHex, care: 'disposable' } as const
  const outbox = openDatabase({
    ...{ file: 'outbox', path: outboxPath(folder), keyHex, synchronous: 'FULL', readonly: true },
    newestVersion: Number.MAX_SAFE_INTEGER,
  })
  const cache = connectCache(location, { readonly: true })
  try {
    const answers = [outbox, cache].map((db) => String(db.pragma('integrity_check', { simple: true })))
    return answers.filter((answer) => answer !== 'ok')
  } finally {
    outbox.close()
    cache.close()
  }
}
