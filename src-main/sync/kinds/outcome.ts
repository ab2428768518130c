import { fromErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Operation } from '#shared/model/operation.ts'
import { conflictsWith, isSuperseded, mergedWith } from '../../domain/conflicts.ts'
import type { Compared } from '../../domain/conflicts.ts'
import type { Ours } from '../../domain/pending-index.ts'
import type { ItemResult } from '../../thehive/port.ts'
import type { Outcome, StepContext, StepResult } from './kind.ts'

type At = Pick<StepContext, 'clock'>

/** The server took it just now. */
export const taken = (serverId: string, note: string, { clock }: At): StepResult => ({
  done: { at: clock.now(), serverId, note },
})

/** What a bulk call tells of one item. */
export const outcomeOf = ({ id, error }: ItemResult, note: string, at: At): Outcome =>
  error === undefined ? taken(id, note, at) : { error: fromErrorData(error) }

/** A look showed that nothing had to be sent again. */
export const alreadyThere = (serverId: string, note: string, { clock }: At): StepResult => ({
  done: { at: clock.now(), serverId, note, alreadyThere: true },
})

/** Certainly not there; or a colleague was first, with the same field or with another place in the same text. */
export function comparedWith(
  operation: Operation,
  theirs: Compared,
  context: Pick<StepContext, 'pending' | 'clock'>,
): StepResult {
  const ours = oursIn(context)
  if (isSuperseded(operation, theirs, ours))
    return alreadyThere(operation.alertId, 'A later edit of yours that went with it is there.', context)
  const conflict = conflictsWith(operation, theirs, ours)
  const merged = mergedWith(operation, theirs, ours)
  if (conflict.length > 0) return { conflict, merged }
  return merged === undefined ? { notYet: true } : { merged }
}

/**
 * Sends unless a look at the server says otherwise: for fields that no pull brings, so that a colleague's edit is never
 * overwritten unseen.
 */
export async function lookThenSend(
  look: () => Promise<StepResult>,
  send: () => Promise<StepResult>,
): Promise<StepResult> {
  const found = await look()
  return 'notYet' in found ? send() : found
}

/** The same for deletions, where being refused may mean that it is gone meanwhile. */
export const lookThenDelete = (
  look: () => Promise<StepResult>,
  remove: () => Promise<StepResult>,
): Promise<StepResult> => lookThenSend(look, () => sendOrLook(remove, look))

/** A server that refuses may be telling us that somebody, or an earlier attempt of ours, was first: look before giving up. */
export async function sendOrLook(
  send: () => Promise<StepResult>,
  look: () => Promise<StepResult>,
): Promise<StepResult> {
  try {
    return await send()
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    const found = await look()
    if ('notYet' in found) throw thrown
    return found
  }
}

/** True for the answer no, given by the server or before anything was sent. */
export const isRefused = (thrown: unknown): thrown is ForagerError =>
  thrown instanceof ForagerError && thrown.kind !== 'forbidden' && isRefusal(thrown)

/** What we decided ourselves, for telling our own edits from a colleague's. */
export const oursIn = ({ pending }: Pick<StepContext, 'pending'>): Ours => pending.ours()
