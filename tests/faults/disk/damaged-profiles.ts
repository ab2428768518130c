import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { cachePath, outboxPath } from '#main/store/profile-files.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { outboxScript, runStep } from './outbox-script.ts'
import { proofKey } from './proof-folder.ts'

/** A profile to be damaged, and what it holds. */
export type Specimen = {
  name: 'begun' | 'closed' | 'crashed' | 'workspace'
  folder: string
  care: 'disposable' | 'precious'
  operations: readonly Operation[]
  alerts: readonly Alert[]
  /** The same alerts before their last change. */
  before: readonly Alert[]
  /** Journals of an earlier time, by database. */
  earlier: { cache: string; outbox: string }
}

const firstAlerts = 200
/** Long after everything the made-up alerts tell of, ms. */
const later = Date.UTC(2026, 5, 1)

/**
 * Four profiles below `root`: one closed, as it was when a process died, a workspace without a server, and one whose first process died.
 * All went through the same decisions; each journal is kept as it was half-way.
 */
export function makeSpecimens(root: string, seed: number): Specimen[] {
  const specimens: Specimen[] = []
  for (const care of ['disposable', 'precious'] as const) {
    const folder = join(root, care)
    const location = { folder, keyHex: proofKey, care }
    const earlier = { cache: join(root, `${care}-cache-wal`), outbox: join(root, `${care}-outbox-wal`) }
    const filling = openCacheWriter(location)
    const filled = fillCache(filling, firstAlerts, seed)
    cpSync(`${cachePath(folder)}-wal`, earlier.cache)
    filling.close()
    const cache = openCacheWriter(location)
    const alerts = filled.map((alert, n) => ({ ...alert, title: `Later ${n}`, updatedAt: later }))
    cache.ingestAlerts(alerts, later)
    const outbox = work(
      () => openOutbox(location),
      seed,
      () => cpSync(`${outboxPath(folder)}-wal`, earlier.outbox),
    )
    const operations = [...outbox.pending(), ...outbox.receipts(100_000)]
    const common = { care, operations, alerts, before: filled, earlier }
    if (care === 'disposable') {
      cpSync(folder, join(root, 'crashed'), { recursive: true })
      specimens.push({ name: 'crashed', folder: join(root, 'crashed'), ...common })
    }
    outbox.backup()
    outbox.close()
    cache.close()
    specimens.push({ name: care === 'precious' ? 'workspace' : 'closed', folder, ...common })
  }
  return [...specimens, begun(root, seed, specimens)]
}

/** Nothing was ever closed or backed up: every decision stands in the journal alone. */
function begun(root: string, seed: number, [like]: readonly Specimen[]): Specimen {
  if (like === undefined) throw new Error('There is no profile to be like.')
  const [live, folder] = [join(root, 'live'), join(root, 'begun')]
  cpSync(like.folder, live, { recursive: true })
  for (const file of readdirSync(live).filter((name) => name.startsWith('outbox.'))) rmSync(join(live, file))
  const location = { folder: live, keyHex: proofKey, care: like.care }
  let outbox: OutboxStore = openOutbox(location)
  for (const step of outboxScript(seed, 160))
    if (step.do !== 'backup' && step.do !== 'reopen')
      outbox = runStep(step, outbox, () => openOutbox(location))
  const operations = [...outbox.pending(), ...outbox.receipts(100_000)]
  cpSync(live, folder, { recursive: true })
  outbox.close()
  return { ...like, name: 'begun', folder, operations }
}

function work(open: () => OutboxStore, seed: number, halfWay: () => void): OutboxStore {
  const steps = outboxScript(seed, 160)
  let outbox = open()
  for (const [n, step] of steps.entries()) {
    // Later than any backup or reopening, so that a crash finds decisions in the journal that stand nowhere else.
    if (n > 120 && (step.do === 'backup' || step.do === 'reopen')) continue
    outbox = runStep(step, outbox, open)
    if (n !== 60) continue
    halfWay()
    outbox = runStep({ do: 'reopen' }, outbox, open)
  }
  return outbox
}

export const foreignFile = (): Buffer => readFileSync(import.meta.filename)
