import { isDeepStrictEqual as isEqual } from 'node:util'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { OutboxWatch } from '../analyst/outbox-port.ts'
import type { Effect, HiveState } from '../hive/hive-state.ts'
import { rowsOf } from '../hive/page-bytes.ts'
import type { Arrival, Request, Watch } from '../wire.ts'
import type { Account, Entry } from './account.ts'
import { causes, isTidying, readKeyOf } from './causes.ts'
import type { Finding, FindingKind } from './findings.ts'
import { attention, leaving, waitedFor } from './order.ts'
import type { Leaving } from './order.ts'
import { fieldsSetBy, isWrittenOver, risksOf } from './risks.ts'
import type { Risk } from './risks.ts'

type Cause = {
  account: Account
  how: Arrival
  leftAt: number
  sending: { operation: Operation; stood: ReadonlySet<string>; risks: Risk[]; early: Operation[] }[]
}

type Sending = Cause['sending'][number]
type Counted = Pick<Sending, 'operation' | 'stood'> &
  Pick<Cause, 'how' | 'leftAt'> & { effect: Effect; together: readonly Sending[] }

type Left = { at: number; all: Leaving }

/** Judges every write as it takes hold, by what is on the disk of who made it. Knows nothing of the program. */
export class Ledger {
  readonly findings: Finding[] = []
  readonly #hive: HiveState
  readonly #accounts: Account[] = []
  #cause: Cause | undefined
  /** Values written over that nobody could have known of yet: a server without locks leaves that gap. */
  races = 0

  constructor(hive: HiveState) {
    this.#hive = hive
    hive.onEffect = (effect) => this.#happened(effect)
  }

  find(kind: FindingKind, what: string): void {
    this.findings.push({ kind, what })
  }

  open(account: Account): OutboxWatch {
    this.#accounts.push(account)
    return {
      saved: (operation) => this.#saved(account, operation),
      removed: (operation) => this.#removed(account, operation),
    }
  }

  watch(account: Account): Watch {
    account.pauses.begin()
    account.lives += 1
    const served = new WeakMap<Request, number>()
    const left = new WeakMap<Request, Left>()
    return {
      leaves: (request) => {
        const all = request.isWrite ? leaving(account) : []
        this.#notTooSoon(account, request, all)
        if (!request.isWrite) return
        left.set(request, { at: this.#hive.world.now(), all })
        for (const { operation, early } of all)
          for (const { id } of early.filter((other) => operation.dependsOn.includes(other.id)))
            this.find('reordered', `${nameOf(operation)} left before ${id}, on which it depends`)
      },
      arrives: (request, how) => {
        served.set(request, this.#hive.world.now())
        const sent = left.get(request)
        if (sent !== undefined) this.#cause = this.#causeOf(account, sent, how)
      },
      served: () => (this.#cause = undefined),
      delivered: (request, answer) => {
        const ids = (left.get(request)?.all ?? []).map(({ operation }) => operation.id)
        if ('error' in answer) {
          account.failedAt = this.#hive.world.now()
          account.pauses.heard(answer.error, ids, account.failedAt)
        }
        noteAnswer(account, request, { answer, at: served.get(request) ?? -1 })
      },
    }
  }

  #notTooSoon(account: Account, request: Request, all: Leaving): void {
    const ids = all.map(({ operation }) => operation.id)
    const what = account.pauses.broken(request, ids, this.#hive.world.now())
    if (what !== undefined)
      this.find('hasty', `${account.login}: ${request.method} (${what}) before the server's pause was over`)
  }

  #causeOf(account: Account, { at: leftAt, all }: Left, how: Arrival): Cause {
    const sending = all.map(({ operation, early }) => ({
      operation,
      early,
      stood: this.#standing(account, operation),
      risks: risksOf(operation, { hive: this.#hive, login: account.login, resolve: account.resolve }),
    }))
    return { account, how, leftAt, sending }
  }

  /** Parts that hold already; of what has no name of its own, what was made for this decision and is still there. */
  #standing(account: Account, operation: Operation): ReadonlySet<string> {
    const made = account.entries.get(operation.id)?.made ?? new Set<string>()
    const { comments, procedures, attachments, cases } = this.#hive
    const isThere = (id: string) =>
      comments.has(id) || procedures.has(id) || attachments.has(id) || cases.get(id) !== undefined
    if (nameless.has(operation.kind)) return new Set([...made].some(isThere) ? ['it'] : [])
    return new Set(account.wishes(operation).flatMap(({ part, holds }) => (holds ? [part] : [])))
  }

  #happened(effect: Effect): void {
    const cause = this.#cause
    // What the network delivers twice is nobody's fault.
    if (cause?.how === 'echo') cause.account.doubled.add(effect.id ?? effect.alertId)
    else if (cause !== undefined) this.#judge(effect, cause)
    for (const account of this.#accounts) account.look(effect.alertId)
  }

  #judge(effect: Effect, { account, how, leftAt, sending }: Cause): void {
    const mine = sending.filter(({ operation }) => causes(operation, effect, account.resolve))
    if (mine.length === 0)
      this.find('unannounced', `${account.login}: ${effect.what} ${effect.alertId}, nothing is sending`)
    const set = mine.map(({ operation }) => fieldsSetBy(operation))
    // What goes in one request stands on the first that sets a field: its ground is the one that counts.
    const isJudged = ({ field, kept }: Risk, at: number): boolean =>
      set.some(
        (fields, other) => other !== at && (kept !== undefined || other < at) && fields.includes(field),
      )
    for (const [place, { operation, stood, risks, early }] of mine.entries()) {
      if (isTidying(operation, effect) || (how === 'late' && isAgain(operation, account))) continue
      this.#count(account, { operation, effect, stood, how, leftAt, together: mine })
      // What it meets when it is late nobody could know as it left.
      if (how === 'late') continue
      for (const other of early)
        this.find('reordered', `${nameOf(operation)} before ${nameOf(other)}, which is ${other.state}`)
      for (const risk of risks.filter((one) => !isJudged(one, place) && isWrittenOver(one, effect)))
        if ((account.read.get(risk.key) ?? -1) >= risk.at)
          this.find('overwritten', `${nameOf(operation)}: ${risk.field}, which was known to be another's`)
        else this.races += 1
    }
  }

  #count(account: Account, { operation, effect, stood, how, leftAt, together }: Counted): void {
    const entry = account.entries.get(operation.id)
    if (entry === undefined) return
    if (how === 'late') entry.late = { leftAt, at: this.#hive.world.now() }
    const part = effect.what === 'observable.add' ? String(effect.given) : 'it'
    const count = (entry.counts.get(part) ?? 0) + 1
    entry.counts.set(part, count)
    if (effect.id !== undefined) entry.made.add(effect.id)
    if (effect.what === 'case.create') entry.made.add(effect.alertId)
    const parts = account.wishes(operation).map((wish) => wish.part)
    const asOne = together.filter((one) => entry.with?.has(one.operation.id) === true)
    const stoodAlready = parts.includes(part) ? stood.has(part) : asOne.every((one) => allStood(one, account))
    entry.with ??= new Set(together.map((one) => one.operation.id))
    if (count <= 1 || !stoodAlready) return
    if (isUnheard(entry, account)) this.races += 1
    else this.find('repeated', `${nameOf(operation)}: ${part}, ${count} times`)
  }

  #saved(account: Account, operation: Operation): void {
    const entry = account.entries.get(operation.id)
    if (entry === undefined) {
      const fresh: Entry = { operation, seen: new Set(), counts: new Map(), made: new Set(), end: 'waits' }
      account.entries.set(operation.id, fresh)
      account.look(account.resolve(operation.alertId))
      return
    }
    const before = entry.operation
    // What it wants by now is another matter than what it wanted before.
    if (operation.state !== 'sent' && !isEqual(before.payload, operation.payload)) entry.seen.clear()
    account.look(account.resolve(operation.alertId))
    entry.operation = operation
    if (operation.state === 'sending' && before.state !== 'sending')
      entry.waited = new Set(waitedFor(account, operation).map(({ id }) => id))
    if (operation.state === 'retry-at') account.pauses.waits(operation.id)
    if (operation.state === 'sent') this.#sent(account, entry)
    else if (before.state === 'sent') this.find('lost', `${nameOf(operation)}: a receipt was taken back`)
    if (operation.state === 'rejected' && operation.lastError === undefined)
      this.find('lost', `${nameOf(operation)}: rejected without a reason`)
    this.#notTwoThings(account, entry)
    if (operation.state === 'conflict' && (operation.conflicts ?? []).length === 0)
      this.find('lost', `${nameOf(operation)}: in conflict with nothing`)
  }

  /** What took hold and still stands is not told as refused. */
  #notTwoThings(account: Account, { operation, counts }: Entry): void {
    const refused = operation.state === 'rejected' && [...counts.values()].some((count) => count > 0)
    if (refused && account.wishes(operation).every(({ holds }) => holds))
      this.find('lost', `${nameOf(operation)}: told as refused, though it took hold`)
  }

  #sent(account: Account, entry: Entry): void {
    entry.end = 'sent'
    entry.sent = { in: account.lives, at: this.#hive.world.now() }
    // Of the same words decided twice, one may be what the network made of the other.
    const isDoubled = account.doubled.has(entry.operation.receipt?.serverId ?? '')
    if (nameless.has(entry.operation.kind) && entry.counts.size === 0 && !isDoubled)
      this.find('lost', `${nameOf(entry.operation)}: has a receipt, but nothing was ever made for it`)
    for (const { part } of account.wishes(entry.operation))
      if (!entry.seen.has(part))
        this.find('lost', `${nameOf(entry.operation)}: has a receipt, but ${part} was never so`)
    const first = [...account.entries.values()].find((one) => one.operation.id === entry.operation.id)
    if (first?.operation.receipt === undefined)
      this.find('lost', `${nameOf(entry.operation)}: sent without a receipt`)
  }

  #removed(account: Account, operation: Operation): void {
    const entry = account.entries.get(operation.id)
    if (entry !== undefined) entry.end = 'removed'
    if (account.takingBack === 0) this.find('lost', `${nameOf(operation)}: removed by nobody`)
    const done = [...(entry?.counts.values() ?? [])].some((count) => count > 0)
    if (done && !attention.has(operation.state))
      this.find('lost', `${nameOf(operation)}: taken back, though it took hold`)
  }
}

/** Edits that went as one go again as one, where a part of one of them does not stand any more. */
const allStood = ({ operation, stood }: Sending, account: Account): boolean =>
  account.wishes(operation).every(({ part }) => stood.has(part))

/** A late attempt that was made again meanwhile: of what has no name of its own that makes a second one, of the rest the same once more. */
const isAgain = ({ id, kind }: Operation, { entries }: Account): boolean =>
  !nameless.has(kind) && (entries.get(id)?.counts.size ?? 0) > 0

/**
 * It took hold late: after the process had asked about it, as it must, and before anything newer was read. What makes no second one is sent
 * again at once then, and between that question and the sending nobody can look.
 */
function isUnheard({ operation, late }: Entry, { read, askedAt, resolve }: Account): boolean {
  if (late === undefined || nameless.has(operation.kind)) return false
  const key = readKeyOf(operation, resolve)
  return (read.get(key) ?? -1) < late.at && (askedAt.get(key) ?? -1) > late.leftAt
}

const nameless: ReadonlySet<string> = new Set([
  'comment.add',
  'procedure.add',
  'attachment.add',
  'case.create',
])

export const nameOf = ({ id, kind, alertId }: Operation): string => `${id} (${kind} ${alertId})`

type Arrived = { answer: { value: unknown } | { error: ForagerError }; at: number }

/** Whatever was set by then is in it. */
const stampOf = ({ updatedAt, createdAt }: Alert | Case): number => updatedAt ?? createdAt

const refusals: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'conflict', 'rejected'])

/** What an answer told the process, and as of when. */
function noteAnswer(account: Account, { method, args }: Request, { answer, at }: Arrived): void {
  if ('error' in answer) {
    if (refusals.has(answer.error.kind)) account.refusedAt = at
    return
  }
  const { value } = answer
  if (value === undefined && (method === 'alert' || method === 'case')) account.refusedAt = at
  const on = String(args[0])
  switch (method) {
    case 'alert':
    case 'case':
      return account.noteRead(on, value === undefined ? at : stampOf(value as Alert | Case), at)
    case 'comments':
    case 'procedures':
    case 'observables':
      account.refusedAt = at
      // What was set in the same moment may have come after it.
      return account.noteRead(`${method} ${on}`, at - 0.5, at)
    case 'alertsById':
      for (const row of (value as { alerts: Alert[] }).alerts) account.noteRead(row.id, stampOf(row), at)
      return
    case 'alertPage':
      for (const row of rowsOf<Alert>(value as Uint8Array)) account.noteRead(row.id, stampOf(row), at)
      return
    default:
      return
  }
}
