import type { Operation } from '#shared/model/operation.ts'
import { likenessOf } from './likeness.ts'
import { mergedEdit } from './merged-edit.ts'
import { sendableAfter } from './next-operation.ts'
import type { Ours } from './pending-index.ts'
import { childIdOf, sameTarget } from './target.ts'

/**
 * Successive edits of one thing that go as one: `operation` is the first with the change of all. `askOnly`: all went out
 * together, but one of them is on hold now, so that together they can only be asked about.
 */
export type Letter = { operation: Operation; members: readonly Operation[]; askOnly: boolean }

export type ParcelRules = {
  now: number
  /** How many things one request can ask this of. */
  limitOf: (operation: Operation) => number
  /** Ids of decisions that were refused in company: each names its own reason now. */
  alone: ReadonlySet<string>
}

/** More edits in a row than this travel in a second request. */
const mostMembers = 100
/** How many that turn out to ask something else are looked at for one parcel, as a multiple of what it can hold. */
const lookAhead = 2

/**
 * What one request carries: the first decision, edits of the same thing right behind it, and the same asked of other things.
 * `first` may be sent now. Whether it has to be asked about first, all of a parcel has or none.
 */
export function parcelOf(first: Operation, ours: Ours, rules: ParcelRules): Letter[] {
  const letters = [letterOf(first, ours, rules)]
  const [{ operation }] = letters as [Letter]
  const isAlone = rules.alone.has(first.id) || first.mustCompare === true
  const limit = isAlone ? 1 : rules.limitOf(operation)
  const likeness = likenessOf(operation)
  if (limit < 2 || likeness === undefined) return letters
  const targets = new Set([targetOf(first, ours)])
  const ids = new Set(letters.flatMap(({ members }) => members.map(({ id }) => id)))
  let others = limit * lookAhead
  for (const one of ours.alike(first)) {
    if (letters.length >= limit || others === 0) break
    if (targets.has(targetOf(one, ours)) || !mayJoin(one, first, { ids, ours, rules })) continue
    const letter = letterOf(one, ours, rules)
    if (likenessOf(letter.operation) !== likeness) {
      others -= 1
      continue
    }
    letters.push(letter)
    targets.add(targetOf(one, ours))
    for (const { id } of letter.members) ids.add(id)
  }
  return letters
}

type Company = { ids: ReadonlySet<string>; ours: Ours; rules: ParcelRules }

function mayJoin(one: Operation, first: Operation, { ids, ours, rules }: Company): boolean {
  if (one.mustVerify !== first.mustVerify || one.mustCompare === true || rules.alone.has(one.id)) return false
  return one.notBefore <= rules.now && sendableAfter(ids, one, ours)
}

function targetOf(operation: Operation, { resolveId }: Ours): string {
  return `${resolveId(operation.alertId)} ${resolveId(childIdOf(operation) ?? '')}`
}

/** The first and what follows it on its alert, as far as it edits the same thing and may go now. */
function letterOf(first: Operation, ours: Ours, rules: ParcelRules): Letter {
  const members = [first]
  const ids = new Set([first.id])
  let operation = first
  if (rules.alone.has(first.id)) return { operation, members, askOnly: false }
  for (const next of behind(first, ours)) {
    if (members.length === mostMembers || rules.alone.has(next.id)) break
    if (!sameTarget(first, next, ours.resolveId) || !goesWith(first, next, rules.now)) break
    const merged = sendableAfter(ids, next, ours) ? mergedEdit(operation, next) : undefined
    if (merged === undefined) break
    operation = merged
    members.push(next)
    ids.add(next.id)
  }
  const askOnly = members.some(({ state, notBefore }) => state === 'held' && notBefore > rules.now)
  return { operation, members, askOnly }
}

/**
 * What was sent together is asked about together, whenever each would have its turn. What was not may have taken hold without the
 * other, and so may any part of what is in a file elsewhere: each is asked about by itself.
 */
function goesWith(first: Operation, next: Operation, now: number): boolean {
  if (first.mustVerify !== next.mustVerify || next.mustCompare === true) return false
  if (!next.mustVerify) return next.notBefore <= now
  const isElsewhere = first.carried !== undefined || next.carried !== undefined
  return !isElsewhere && first.firstSentAt === next.firstSentAt
}

function* behind(first: Operation, ours: Ours): Iterable<Operation> {
  let isBehind = false
  for (const other of ours.about(first.alertId)) {
    if (isBehind) yield other
    if (other.id === first.id) isBehind = true
  }
}
