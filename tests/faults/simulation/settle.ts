import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { dropOperation } from '#main/services/outbox.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { resumeOperations } from '#main/services/steer-outbox.ts'
import type { Analyst } from './analyst/analyst.ts'
import { compareAlerts, compareCases, compareChildren } from './compare.ts'
import { nameOf } from './ledger/ledger.ts'
import { attempt, takeBack } from './attempt.ts'
import type { Stage } from './attempt.ts'
import { fallingWith, letPass } from './perform.ts'
import { chosen } from './steer.ts'

/** A round, and whoever rests longest has tried again. */
const roundMs = 21_000
/** By then everything must have come to rest: the longest pauses are five minutes. */
const mostRounds = 80

const waitsForAnalyst = ({ state }: Operation): boolean =>
  state === 'conflict' || state === 'rejected' || state === 'cannot-tell'

/** Faults end, every machine runs; nothing is nudged. What stands before an analyst is decided; then nothing may be left. */
export async function settle(stage: Stage): Promise<void> {
  const { analysts, hive, ledger } = stage
  await letPass(20_400, stage)
  for (const analyst of analysts) {
    analyst.start()
    await hive.world.pass(0)
    const { running } = analyst
    if (running === undefined) continue
    Object.assign(running.wire, { planned: [], spell: undefined })
    running.life.fuse = Infinity
    running.engine.attend({ visible: true })
    analyst.account.pauses.begin()
    running.engine.workOffline(false)
  }
  for (let round = 0; round < mostRounds; round += 1) {
    if (analysts.every(({ account }) => account.pending().length === 0)) return
    await letPass(roundMs, stage)
    for (const analyst of analysts) {
      await resumeHeld(analyst, stage)
      await decideWhatIsLeft(analyst, stage)
    }
  }
  for (const { account } of analysts)
    for (const one of account.pending())
      ledger.find('stuck', `${nameOf(one)} is ${one.state}: ${one.lastError?.message ?? 'no error'}`)
}

/** What the analyst holds back goes on when they say so. */
async function resumeHeld(analyst: Analyst, stage: Stage): Promise<void> {
  const { account, running } = analyst
  const ids = account.pending().flatMap((one) => (one.notBefore === untilAnalyst ? [one.id] : []))
  if (running === undefined || ids.length === 0) return
  for (const id of ids) account.pauses.sendNow(id)
  const resume = () => Promise.resolve(resumeOperations({ ids, exported: false }, running.context))
  await attempt(resume, analyst, stage)
}

/** Conflicts are settled either way; what was refused goes, with what was built on it. */
async function decideWhatIsLeft(analyst: Analyst, stage: Stage): Promise<void> {
  const { account, running } = analyst
  if (running === undefined || !account.pending().some(waitsForAnalyst)) return
  const { context } = running
  for (const one of account.pending().filter(waitsForAnalyst)) {
    if (one.state === 'conflict') {
      account.pauses.sendNow(one.id)
      const choice = stage.hive.world.random.below(3) === 0 ? 'mine' : 'theirs'
      await takeBack(() => resolveConflict(chosen(one, choice), context), analyst, stage)
    } else
      await takeBack(
        () => dropOperation({ id: one.id, together: fallingWith(one, analyst) }, context),
        analyst,
        stage,
      )
  }
}

/** A server that failed over what no stamp tells of is not asked for that again so soon. */
const leftInPeaceMs = 300_000
/** A change is followed within so long once an index has it. */
const followedMs = 43_000

/** Once nothing waits: every copy is what the server holds, alert by alert. */
export async function compare(stage: Stage): Promise<void> {
  const { analysts, hive, ledger } = stage
  await hive.world.pass(Math.max(0, hive.world.lateUntil - hive.world.now()))
  await hive.world.pass(roundMs)
  // Nothing is written any more: what a late index does not have yet, and what nobody asked for since it failed, is there after this.
  const inPeace = Math.max(...analysts.map(({ account }) => account.failedAt)) + leftInPeaceMs
  hive.world.jump(Math.max(hive.rules.lagMs, inPeace - hive.world.now()))
  await hive.world.pass(followedMs)
  if (hive.trail.length > 0) await findDeletions(stage)
  await look(stage, [...hive.thinned])
  for (const analyst of analysts) {
    compareAlerts(analyst, hive, ledger)
    compareCases(analyst, hive, ledger)
  }
  const all = hive.alerts.all().map(({ id }) => id)
  await look(stage, all)
  for (const analyst of analysts) compareChildren(analyst, hive, ledger)
}

/** Two passes over all ids, more than ten minutes apart. */
async function findDeletions({ hive }: Stage): Promise<void> {
  for (const minutes of [31, 11, 31]) {
    hive.world.jump(minutes * 60_000)
    await hive.world.pass(followedMs)
  }
}

async function look({ analysts, hive }: Stage, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  hive.world.jump(16_000)
  for (const analyst of analysts) for (const id of ids) void analyst.running?.engine.lookAt(id)
  await hive.world.pass(2_500)
}
