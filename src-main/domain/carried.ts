import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { dueAtOnce } from './due-at-once.ts'
import { needsAttention } from './next-operation.ts'

/** It was exported and may be sent from elsewhere: not from here, unless the analyst resumes it. */
export const isAway = ({ carried }: Pick<Operation, 'carried'>): boolean => carried?.role === 'exported'

/** `clockAhead`: by how much the server's clock is ahead of ours, ms, as far as is known. */
export type Export = { at: number; file: string; clockAhead: number }

/**
 * On hold here from now on. Somebody else may send it, so it is asked about before it is ever sent from here: what they made is
 * not older than the decision.
 */
export function exported(operation: Operation, { at, file, clockAhead }: Export): Operation {
  return {
    ...withState(operation, 'held'),
    notBefore: untilAnalyst,
    mustVerify: true,
    firstSentAt: operation.firstSentAt ?? operation.createdAt + Math.min(0, clockAhead),
    carried: { role: 'exported', at, file, wasHeld: wasHeld(operation) },
  }
}

const wasHeld = ({ notBefore, carried }: Operation): boolean =>
  carried?.role === 'exported' ? carried.wasHeld === true : notBefore === untilAnalyst

/** What needs the analyst goes on needing them. */
const withState = (operation: Operation, state: 'held' | 'ready'): Operation =>
  needsAttention(operation) ? operation : { ...operation, state }

/** An exported one as it travels: what the analyst held is on hold, the rest may go. */
export function travelling({ carried, ...operation }: Operation): Operation {
  if (carried?.wasHeld === true) return { ...withState(operation, 'held'), notBefore: untilAnalyst }
  return { ...withState(operation, 'ready'), notBefore: 0 }
}

/** One that came with a file. Wherever it was before, it may have been sent. */
export function arrived(
  { leftAt: _elsewhere, ...operation }: Operation,
  { at, file }: Pick<Export, 'at' | 'file'>,
): Operation {
  const isHeld = operation.notBefore === untilAnalyst
  return {
    ...withState(operation, isHeld ? 'held' : 'ready'),
    notBefore: isHeld ? untilAnalyst : dueAtOnce(operation, at),
    mustVerify: true,
    firstSentAt: Math.min(operation.firstSentAt ?? operation.createdAt, at),
    carried: { role: 'imported', at, file },
  }
}

/** On the analyst's word it may be sent from here as well. */
export function resumed(operation: Operation, at: number): Operation {
  const { file = '' } = operation.carried ?? {}
  return {
    ...withState(operation, 'ready'),
    notBefore: dueAtOnce(operation, at),
    carried: { role: 'resumed', at, file },
  }
}

const localIds = /local:[0-9a-z-]+/g

/** Every id of our own that it names, wherever. */
export const localIdsIn = (operation: Operation): string[] => [
  ...new Set(JSON.stringify(operation).match(localIds) ?? []),
]
