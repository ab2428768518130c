import { afterSome } from '#shared/errors/after-taken.ts'
import { asForagerError } from '#shared/errors/convert.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Case } from '#shared/model/case.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { clockSkewMs } from '../../domain/clock-skew.ts'
import { latestMs, notToldYet } from '../late.ts'
import { earliestNow, serverNow, timedBy } from '../server-time.ts'
import { adoptCase } from './adopt-case.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { mustHaveCase, refreshCase } from './refresh.ts'

type Create = OperationOf<'case.create'>

/** A case has no natural key: this tag is its key until we know that the server has it. */
export const markerOf = ({ id }: { id: string }): string => `forager-op:${id}`

/** Cases looked through for the marker: those that changed since the first attempt. */
const mostCases = 500

/** The id is known for good first; only then the marker comes off. */
async function adopt(operation: Create, found: Case, context: StepContext): Promise<string> {
  await adoptCase(operation.alertId, { found, isNew: true }, context)
  const name = `case #${found.number ?? found.id}`
  if (!found.tags.includes(markerOf(operation))) return name
  const change = { removeTags: [markerOf(operation)] }
  try {
    await afterSome(() => context.server.updateCase(found.id, change, context.signal))
    return name
  } catch (thrown) {
    if (!isRefusal(asForagerError(thrown))) throw thrown
    return `${name}, which still carries the tag ${markerOf(operation)}`
  }
}

/** By id once it is known; by the marker before. */
async function find(operation: Create, context: StepContext): Promise<Case | undefined> {
  if (!isLocalId(operation.alertId)) return mustHaveCase(operation.alertId, context)
  const updatedSince = (operation.firstSentAt ?? operation.createdAt) - clockSkewMs
  const recent = await context.server.cases({ limit: mostCases, updatedSince }, context.signal)
  const found =
    recent.find(({ tags }) => tags.includes(markerOf(operation))) ?? twinOf(operation, recent, context)
  if (found === undefined) mustBeListedBy(operation, context)
  return found
}

/**
 * One that is in a file elsewhere may have been sent there, and the marker has come off since. Then its words are its key: the same
 * title, by us, since it was decided, claimed by no other decision.
 */
function twinOf(operation: Create, recent: readonly Case[], { server, pending }: StepContext) {
  if (operation.carried === undefined) return undefined
  const since = (operation.firstSentAt ?? operation.createdAt) - clockSkewMs
  const { title } = operation.payload.input
  const claimed = pending.claimedIds()
  return recent.find(
    (one) =>
      one.title === title &&
      one.createdBy === server.session.login &&
      one.createdAt >= since &&
      !claimed.has(one.id),
  )
}

/** A list is a search, and an index follows late: until then it says nothing that a case is not in it. */
const listedAfterMs = 90_000

/** @throws ForagerError of unknown outcome while the case may be there unlisted */
function mustBeListedBy(operation: Create, context: StepContext): void {
  const forMs =
    listedAfterMs - Math.min(lastTryOverForMs(operation, context), resumedForMs(operation, context))
  if (forMs <= 0) return
  throw notToldYet('The server does not list the new case, but its list may be late.', forMs)
}

/** For how long whatever the last attempt did has been done: one that nobody answered may have made the case late. */
function lastTryOverForMs({ firstSentAt = 0, leftAt, attempts, carried }: Create, at: StepContext): number {
  // One that travels was not tried before it left.
  if (carried !== undefined && attempts <= 1) return Infinity
  return serverNow(timedBy(at)) - (leftAt === undefined ? firstSentAt : leftAt + latestMs)
}

/** One that travels may have been sent elsewhere until it was resumed. */
const resumedForMs = ({ carried }: Create, at: StepContext): number =>
  carried?.role === 'resumed' ? earliestNow(timedBy(at)) - carried.at : Infinity

async function probe(operation: Create, context: StepContext): Promise<StepResult> {
  const found = await find(operation, context)
  if (found === undefined) return { notYet: true }
  const name = await adopt(operation, found, context)
  return alreadyThere(found.id, `The server already had it as ${name}.`, context)
}

/** Sent with a marker tag, by which an attempt whose answer was lost is found again. Inverse: none; a case is not deleted from here. */
export const caseCreate: KindRules<'case.create'> = {
  async send(operation, context) {
    // An earlier attempt got as far as the id: it is there.
    if (!isLocalId(operation.alertId)) return probe(operation, context)
    const { input } = operation.payload
    const tags = [...input.tags, markerOf(operation)]
    const made = await context.server.createCase({ ...input, tags }, context.signal)
    const name = await adopt(operation, made, context)
    return taken(made.id, `The server opened ${name}.`, context)
  },
  probe,
  refresh: (operation, context) => refreshCase(operation.alertId, context),
}
