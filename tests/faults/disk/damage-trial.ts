import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { damageNotices } from '#main/core/damage-notices.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { Damage } from '#main/store/damage.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { cachePath, outboxPath } from '#main/store/profile-files.ts'
import { isCorrupt } from '#main/store/sql-errors.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import type { DamageKind } from './damage-kinds.ts'
import { foreignFile } from './damaged-profiles.ts'
import type { Specimen } from './damaged-profiles.ts'
import { proofKey } from './proof-folder.ts'

export type Trial = { specimen: Specimen; kind: DamageKind; file: 'cache' | 'outbox' }

/** What went wrong in a trial; `column` is where the table counts it. */
export type Wrong = { column: 'lost' | 'repeated' | 'stuck'; what: string }
export type TrialResult = { wrong: Wrong | undefined; ms: number }

/** Damages a copy of the specimen below `root` and opens it as the product does. */
export function tryDamage(trial: Trial, root: string, random: Random): TrialResult {
  const { specimen, kind, file } = trial
  const folder = join(root, 'p')
  cpSync(specimen.folder, folder, { recursive: true })
  const path = (file === 'cache' ? cachePath : outboxPath)(folder)
  kind.spoil(path + kind.on, random, { earlier: specimen.earlier[file], foreign: foreignFile() })
  const spoilt = existsSync(path) ? readFileSync(path) : undefined
  const started = performance.now()
  try {
    const look = file === 'cache' ? lookAtCache : lookAtOutbox
    const wrong = look(folder, trial, spoilt)
    return { wrong, ms: performance.now() - started }
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : String(thrown)
    return { wrong: { column: 'stuck', what: `it does not open: ${what}` }, ms: performance.now() - started }
  }
}

function lookAtOutbox(folder: string, trial: Trial, spoilt: Buffer | undefined): Wrong | undefined {
  const open = () => openOutbox({ folder, keyHex: proofKey, care: trial.specimen.care })
  const outbox = open()
  const damage = outbox.damage()
  const found = contents(outbox)
  const told = damageNotices([damage], outbox.damaged())
  outbox.close()
  const again = open()
  const after = contents(again)
  const twice = again.damage()
  again.close()
  if (twice !== undefined)
    return { column: 'stuck', what: `found damaged at the next opening too: ${JSON.stringify(twice)}` }
  if (JSON.stringify(after) !== JSON.stringify(found))
    return { column: 'lost', what: 'the next opening finds something else' }
  return tellingWrong(told, damage, spoilt) ?? contentWrong(found, trial, told.length > 0)
}

const contents = (outbox: OutboxStore): Operation[] => [...outbox.pending(), ...outbox.receipts(100_000)]

/** Said in words that never advise to delete, and the damaged file kept as it was. */
function tellingWrong(
  told: readonly object[],
  damage: Damage | undefined,
  spoilt: Buffer | undefined,
): Wrong | undefined {
  if (/delet|erase|remov/i.test(JSON.stringify(told)))
    return { column: 'lost', what: `advised: ${JSON.stringify(told)}` }
  if (damage === undefined || spoilt === undefined || damage.recovered === 'without-journal') return undefined
  const kept =
    damage.kept !== undefined && existsSync(damage.kept) && readFileSync(damage.kept).equals(spoilt)
  return kept ? undefined : { column: 'lost', what: 'the damaged file is not kept as it was' }
}

function contentWrong(
  found: readonly Operation[],
  { specimen, kind }: Trial,
  told: boolean,
): Wrong | undefined {
  const had = new Map(specimen.operations.map((one) => [one.id, one]))
  const has = new Map(found.map((one) => [one.id, one]))
  const missing = [...had.keys()].filter((id) => !has.has(id))
  const unsafe = found.filter((one) => isSendable(one) && (had.get(one.id)?.state ?? 'undone') !== one.state)
  if (unsafe[0] !== undefined)
    return {
      column: 'repeated',
      what: `${unsafe[0].id} would be sent: it was ${had.get(unsafe[0].id)?.state ?? 'undone'}`,
    }
  if (missing.length > 0 && !told)
    return { column: 'lost', what: `${missing.length} decisions are gone without a word` }
  const most = isAtRisk(specimen, kind) ? kind.holds : 0
  if (missing.length > most)
    return { column: 'lost', what: `${missing.length} decisions are gone; the place held ${most} at most` }
  return undefined
}

/** Whether what is damaged may be the only place that holds a decision: all others stand in the backup, or in the journal, too. */
const isAtRisk = ({ name }: Specimen, { on }: DamageKind): boolean =>
  name === 'crashed' || (name === 'begun' && on === '-wal')

/** It would go out by itself, without asking the server first. */
const isSendable = ({ state, mustVerify }: Operation): boolean =>
  ['held', 'ready', 'retry-at'].includes(state) && !mustVerify

/** Uses all of the copy; damage that shows only then is met as the core does: close, and open once more. */
function lookAtCache(
  folder: string,
  { specimen, kind }: Trial,
  spoilt: Buffer | undefined,
): Wrong | undefined {
  const location = { folder, keyHex: proofKey, care: specimen.care }
  const first = useCache(location, { specimen, kind })
  const seen = first === 'corrupt' ? useCache(location, { specimen, kind }) : first
  if (seen === 'corrupt') return { column: 'stuck', what: 'damaged again after opening it anew' }
  const { damage, wrong, shown } = seen
  const telling = tellingWrong(damageNotices([damage], []), damage, first === 'corrupt' ? undefined : spoilt)
  if (telling !== undefined) return telling
  if (wrong > 0) return { column: 'lost', what: `${wrong} alerts show something else` }
  const complete = shown === specimen.alerts.length
  // Without a server nothing brings them again; with one, a copy is whole, or begun anew, or as old as a power cut leaves it.
  const allowed =
    specimen.care === 'precious' ? complete : complete || damage?.recovered === 'fresh' || kind.on === '-wal'
  return allowed
    ? undefined
    : {
        column: 'lost',
        what: `${shown} of ${specimen.alerts.length} alerts are there: ${JSON.stringify(damage)}`,
      }
}

type Used = { damage: Damage | undefined; shown: number; wrong: number }

function useCache(
  location: Parameters<typeof openCacheWriter>[0],
  { specimen, kind }: Pick<Trial, 'specimen' | 'kind'>,
): Used | 'corrupt' {
  const { alerts, before, care } = specimen
  // A copy that a server refills may lose its newest changes with its journal, as in a power cut: its marks are as old.
  const mayBeOlder = kind.on === '-wal' && care === 'disposable'
  const isRight = (title: string, n: number): boolean =>
    title === alerts[n]?.title || (mayBeOlder && title === before[n]?.title)
  const writer = openCacheWriter(location)
  try {
    const reader = openCacheReader(location)
    try {
      const stored = alerts.map(({ id }) => reader.detail(id)?.alert)
      reader.counts('ana')
      const wrong = stored.filter((one, n) => one !== undefined && !isRight(one.title, n)).length
      writer.saveMarks({ fill: 'none', state: {} })
      return { damage: writer.damage(), shown: stored.filter((one) => one !== undefined).length, wrong }
    } finally {
      reader.close()
    }
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    return 'corrupt'
  } finally {
    closed(() => writer.close())
  }
}

/** Closing a damaged workspace cannot back it up: that was said by whoever met the damage. */
function closed(close: () => void): void {
  try {
    close()
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
  }
}
