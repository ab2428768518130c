import type { Operation } from '#shared/model/operation.ts'
import type { Analyst } from './analyst/analyst.ts'
import type { HiveState } from './hive/hive-state.ts'
import { childOf, entityOf, readKeyOf } from './ledger/causes.ts'
import { nameOf } from './ledger/ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import { wishesOf } from './ledger/wishes.ts'
import type { Holdings, Wish } from './ledger/wishes.ts'

/** One look at an analyst's copy: each alert is read once. */
type Eyes = { analyst: Analyst; detail: Analyst['files']['reader']['detail'] }

function eyesOf(analyst: Analyst): Eyes {
  const read = new Map<string, ReturnType<Eyes['detail']>>()
  const detail = (id: string) => {
    if (!read.has(id)) read.set(id, analyst.files.reader.detail(id))
    return read.get(id)
  }
  return { analyst, detail }
}

/** Of whoever sits before a running Forager. */
export function compareViews(analyst: Analyst, hive: HiveState, ledger: Ledger): void {
  if (!analyst.alive || analyst.running === undefined) return
  const eyes = eyesOf(analyst)
  comparePending(eyes, ledger)
  compareSent(eyes, hive, ledger)
}

/** No view lacks a decision that waits: the copy shows each, but for what a later one does to the same. */
function comparePending(eyes: Eyes, ledger: Ledger): void {
  const { analyst } = eyes
  const pending = analyst.account.pending()
  pending.forEach((operation, at) => {
    const later = pending.slice(at + 1).filter((other) => isAbout(operation, other, analyst))
    for (const { part, holds } of wantedOf(operation, later, eyes))
      if (!holds) ledger.find('differs', `${analyst.login}: the copy lacks ${part} of ${nameOf(operation)}`)
  })
}

/**
 * What this process had a receipt for is shown as long as it stands, whatever an older page still says. The process before it may
 * have died before it read that back.
 */
function compareSent(eyes: Eyes, hive: HiveState, ledger: Ledger): void {
  const { analyst } = eyes
  const { account, login } = analyst
  const pending = account.pending()
  const since = Math.max(hive.world.now() - echoedForMs, account.clockSetAt)
  for (const { operation, sent } of account.entries.values()) {
    if (sent?.in !== account.lives || sent.at < since || !('change' in operation.payload)) continue
    const id = account.resolve(childOf(operation) ?? operation.alertId)
    const seen = holdingsOf(operation, eyes)
    if (seen === undefined || pending.some((other) => isAbout(operation, other, analyst))) continue
    const readAt = account.read.get(readKeyOf(operation, account.resolve)) ?? -1
    const [theirs, shown] = [hive, seen].map((one) => entityOf(operation, id, one) as Row | undefined)
    for (const [field, wanted] of Object.entries(operation.payload.change))
      if (
        isOurs(hive.setBy.get(`${id} ${field}`), login, Math.max(sent.at, readAt)) &&
        theirs?.[field] === wanted &&
        shown?.[field] !== wanted
      )
        ledger.find('differs', `${login}: the copy lost ${field} of ${nameOf(operation)} again`)
  }
}

/** No index is later than this. */
const echoedForMs = 90_000

type Row = Record<string, unknown>
type SetBy = { by: string; at: number }

/** What takes hold a second time, late, after its receipt: whoever has not read it since cannot know. */
const isOurs = (set: SetBy | undefined, login: string, knownAt: number): boolean =>
  set?.by === login && set.at <= knownAt

const isAbout = (one: Operation, other: Operation, { account }: Analyst): boolean =>
  account.resolve(one.alertId) === account.resolve(other.alertId)

/** What must be seen of it; nothing where the copy does not have the thing itself, or a later decision does more to it. */
function wantedOf(operation: Operation, later: readonly Operation[], eyes: Eyes): Wish[] {
  const { analyst } = eyes
  const { account } = analyst
  const seen = holdingsOf(operation, eyes)
  const makes = operation.kind === 'alert.create' || operation.kind === 'case.create'
  if (seen === undefined && makes) return [{ part: 'it', holds: false }]
  // A new case is there by its id, whatever a colleague calls it by now.
  if (seen === undefined || operation.kind === 'case.create') return []
  if (later.some((other) => isOverruledBy(operation, other, analyst))) return []
  const viewer = { hive: seen, login: analyst.login, resolve: account.resolve, superseded: new Set<string>() }
  return wishesOf(operation, viewer).filter(({ part }) => part !== 'status' && part !== 'assignee')
}

const family = ({ kind }: Operation): string => kind.split('.')[0] ?? ''
const ofCase: ReadonlySet<string> = new Set(['alert.promote', 'alert.merge', 'alert.import', 'alert.unlink'])

function isOverruledBy(operation: Operation, other: Operation, { account }: Analyst): boolean {
  if (other.kind === 'alert.delete') return true
  if (operation.kind === 'alert.create' && other.kind.startsWith('observable.'))
    return childOf(other) !== undefined
  if (ofCase.has(operation.kind)) return ofCase.has(other.kind)
  // What comes into a case is read by that.
  if (operation.kind === 'alert.read' && ofCase.has(other.kind)) return true
  if (family(operation) !== family(other)) return false
  const [child, changed] = [childOf(operation), childOf(other)]
  if (changed === undefined) return child === undefined && isSameThing(operation, other)
  return child === undefined || account.resolve(child) === account.resolve(changed)
}

/** An alert or a case has one state; what is added to an alert stands beside what was. */
const isSameThing = (one: Operation, other: Operation): boolean =>
  family(one) === 'case' || (family(one) === 'alert' && one.kind === other.kind)

/** What the copy shows of what a decision is about. */
function holdingsOf(operation: Operation, { analyst, detail: read }: Eyes): Holdings | undefined {
  const { files, account } = analyst
  const on = account.resolve(operation.alertId)
  if (family(operation) === 'case') {
    const shown = files.reader.case(on)
    return shown && { ...nothing, cases: { get: () => shown, all: () => [shown] } }
  }
  const detail = read(on)
  if (detail === undefined) return undefined
  const child = childOf(operation)
  const alert = detail.alert.going === true && operation.kind === 'alert.delete' ? undefined : detail.alert
  const rows = <T extends { id: string }>(list: readonly T[]) => list.map((row) => ({ ...row, alertId: on }))
  const byId = <T extends { id: string }>(list: readonly T[]) =>
    new Map(rows(list).map((row) => [row.id, row]))
  const observables = byId(detail.observables)
  const known = [...observables, ...byId(detail.comments), ...byId(detail.procedures)].map(([id]) => id)
  const isEdit = child !== undefined && !operation.kind.endsWith('.delete')
  if (isEdit && !known.includes(account.resolve(child))) return undefined
  return {
    ...nothing,
    alerts: { get: () => alert, all: () => (alert === undefined ? [] : [alert]) },
    observables: { get: (id) => observables.get(id), all: () => [...observables.values()] },
    ...{ comments: byId(detail.comments), procedures: byId(detail.procedures) },
    attachments: byId(detail.attachments),
  }
}

const nothing: Holdings = {
  alerts: { get: () => undefined, all: () => [] },
  cases: { get: () => undefined, all: () => [] },
  observables: { get: () => undefined, all: () => [] },
  ...{ comments: new Map(), procedures: new Map(), attachments: new Map() },
}
