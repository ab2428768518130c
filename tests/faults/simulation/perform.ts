import type { Operation } from '#shared/model/operation.ts'
import { dropOperation, retryOperation, undoGroup } from '#main/services/outbox.ts'
import { resolveConflict } from '#main/services/resolve-conflict.ts'
import { sendNow } from '#main/services/steer-outbox.ts'
import type { Analyst } from './analyst/analyst.ts'
import { at, attempt, takeBack } from './attempt.ts'
import type { Stage } from './attempt.ts'
import { colleagueActs } from './colleague.ts'
import { decide } from './decide.ts'
import type { Sight } from './decide.ts'
import type { HiveState } from './hive/hive-state.ts'
import { compareViews } from './shown.ts'
import type { Step } from './script.ts'
import { chosen, editOne, reverseOne, steerOne } from './steer.ts'

type Own = Extract<Step, { who: number }>

/** Does one step; what the product refuses is refused, and everything else that is thrown is a finding. */
export async function perform(step: Step, stage: Stage): Promise<void> {
  const { hive, analysts } = stage
  await letPass(step.wait, stage)
  if (step.do === 'colleague') colleagueActs(hive, step.act, step)
  else {
    const analyst = analysts[step.who % analysts.length]
    if (analyst !== undefined) await own(step, analyst, stage)
  }
  await letPass(0, stage)
}

/** What is shown is looked at so often, ms. */
const lookedAtMs = 4_000

/** Time passes under the eyes of the analysts, now of one and now of another. */
export async function letPass(ms: number, { hive, ledger, analysts }: Stage): Promise<void> {
  for (let left = ms; ; left -= lookedAtMs) {
    await hive.world.pass(Math.min(left, lookedAtMs))
    const looking = analysts[Math.floor(hive.world.now() / 10) % analysts.length]
    if (looking !== undefined) compareViews(looking, hive, ledger)
    if (left <= lookedAtMs) return
  }
}

async function own(step: Own, analyst: Analyst, stage: Stage): Promise<void> {
  const { world } = stage.hive
  switch (step.do) {
    case 'kill': {
      if (analyst.running !== undefined) analyst.running.life.fuse = step.after
      return world.after(300 + step.down, () => {
        analyst.kill()
        analyst.start()
      })
    }
    case 'close':
      await analyst.close()
      return world.after(step.down, () => analyst.start())
    case 'resync':
      await analyst.close()
      analyst.files.wipeCache()
      // What had been read was in the copy; the list that fills it anew may be older.
      analyst.account.read.clear()
      return analyst.start()
    case 'clock':
      analyst.clockOff = step.by
      analyst.account.clockSetAt = world.now()
      analyst.account.pauses.begin()
      analyst.account.pauses.sendNow()
      return
    default:
      if (analyst.alive) await whileRunning(step, analyst, stage)
  }
}

async function whileRunning(step: Own, analyst: Analyst, stage: Stage): Promise<void> {
  const { running, account } = analyst
  if (running === undefined) return
  const { context, engine, wire } = running
  switch (step.do) {
    case 'decide':
      return makeDecision(step, analyst, stage)
    case 'fault':
      return void wire.planned.push({ on: step.on, fault: step.fault })
    case 'spell':
      wire.spell = { fault: step.fault, until: stage.hive.world.now() + step.ms }
      return
    case 'take-back': {
      const one = at(account.pending(), step.pick)
      if (one === undefined) return
      const undo = async () => {
        const whole = account
          .pending()
          .filter((other) => other.groupId === one.groupId && !mayHaveLeft(other))
        await undoGroup(one.groupId, context)
        for (const { id } of whole)
          if (account.held.operations.has(id))
            stage.ledger.find('lost', `${id} was taken back and is still on the disk`)
      }
      const drop = () => dropOperation({ id: one.id, together: fallingWith(one, analyst) }, context)
      return takeBack(step.how === 'undo' ? undo : drop, analyst, stage)
    }
    case 'retry': {
      const one = at(account.pending(), step.pick)
      if (one === undefined) return
      account.pauses.sendNow(one.id)
      return attempt(() => Promise.resolve(retryOperation(one.id, context)), analyst, stage)
    }
    case 'resolve': {
      const one = at(account.pending().filter(isConflict), step.pick)
      if (one === undefined) return
      account.pauses.sendNow(one.id)
      return takeBack(() => resolveConflict(chosen(one, step.choice), context), analyst, stage)
    }
    case 'edit':
      return editOne(step, analyst, stage)
    case 'steer':
      return steerOne(step, analyst, stage)
    case 'reverse':
      return reverseOne(step, analyst, stage)
    case 'send-now':
      account.pauses.sendNow()
      return attempt(() => Promise.resolve(sendNow(context)), analyst, stage)
    case 'work-offline':
      account.pauses.begin()
      return engine.workOffline(step.offline)
    case 'look': {
      const id = at(sightOf(analyst, stage.hive).alerts, step.pick)
      if (id !== undefined) void attempt(() => engine.lookAt(account.resolve(id)), analyst, stage)
      return
    }
    default:
  }
}

/** What was built on it, directly or not, as the screens tell before it is dropped. */
export function fallingWith({ id }: Operation, { account }: Analyst): string[] {
  const fallen = new Set([id])
  for (const one of account.pending()) if (one.dependsOn.some((on) => fallen.has(on))) fallen.add(one.id)
  return [...fallen].filter((one) => one !== id)
}

/** Of a gesture that is taken back, this part stays. */
const mayHaveLeft = ({ state, mustVerify }: Operation): boolean => state === 'sending' || mustVerify

const isConflict = ({ state }: Operation): boolean => state === 'conflict'

function makeDecision(
  { kind, pick, value }: Extract<Step, { do: 'decide' }>,
  analyst: Analyst,
  stage: Stage,
): void {
  const { running, login, account } = analyst
  if (running === undefined) return
  const choice = { pick, value, login, context: running.context, sight: sightOf(analyst, stage.hive) }
  const made = async () => {
    const { groupId, count } = await decide(kind, choice)
    const stored = [...account.entries.values()].filter(({ operation }) => operation.groupId === groupId)
    if (count > 0 && stored.length === 0)
      stage.ledger.find('lost', `${login}: ${kind} was acknowledged and is not on the disk`)
    for (const { operation } of stored) account.acknowledged.add(operation.id)
  }
  // What still waits to be added is taken out of what adds it.
  const mayVanish = kind.endsWith('.delete') && !kind.startsWith('alert.')
  void (mayVanish ? takeBack : attempt)(made, analyst, stage)
}

/** What an analyst can point at: what the server has and what waits here; what is not in the copy yet is refused by name. */
export function sightOf({ account, files }: Analyst, hive: HiveState): Sight {
  const pending = account.pending()
  const promised = pending.flatMap((one) =>
    one.kind === 'alert.promote' || one.kind === 'case.create' ? [one.payload.predicted.id] : [],
  )
  const made = pending.flatMap((one) => (one.kind === 'alert.create' ? [one.alertId] : []))
  const ids = (rows: readonly { id: string }[] = []) => rows.map(({ id }) => id)
  return {
    alerts: [...ids(hive.alerts.all()), ...made],
    cases: [...ids(hive.cases.all()), ...promised],
    children: (alertId) => {
      const detail = files.reader.detail(account.resolve(alertId))
      return {
        observables: ids(detail?.observables),
        comments: ids(detail?.comments),
        procedures: ids(detail?.procedures),
        attachments: ids(detail?.attachments),
      }
    },
  }
}
