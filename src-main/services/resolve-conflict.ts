import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ConflictChoice, SeenTheirs } from '#shared/model/conflict-choice.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { customFieldPrefix, entriesOf, withValuesOf } from '../domain/custom-fields.ts'
import type { FieldEdit } from '../domain/custom-fields.ts'
import { dueAtOnce } from '../domain/due-at-once.ts'
import { isEqual } from '../domain/is-equal.ts'
import { mustBeHere } from './away.ts'
import type { ServiceContext } from './context.ts'
import { adoptTheirCase, keepOurCase } from './resolve-case.ts'
import { settleFields } from './settle-fields.ts'

export type Chosen = { id: string; seen: SeenTheirs; choices: Record<string, ConflictChoice> }

/**
 * Field by field: mine goes over theirs, theirs stays, or an edit takes the place of both. Refused when the server has
 * something else by now than the analyst saw.
 */
export async function resolveConflict({ id, seen, choices }: Chosen, context: ServiceContext): Promise<void> {
  const operation = context.book.get(id)
  if (operation?.state !== 'conflict')
    throw new ForagerError('rejected', 'This is no longer in conflict.', { next: 'Look at it again.' })
  mustBeHere([operation])
  const conflicts = operation.conflicts ?? []
  mustBeAsSeen(conflicts, seen)
  if (conflicts.some(({ field }) => choices[field] === undefined))
    throw new ForagerError('rejected', 'Choose for every field first.', { did: 'Nothing was changed.' })
  await settle(operation, choices, context)
  context.queued()
}

function mustBeAsSeen(conflicts: readonly FieldConflict[], seen: SeenTheirs): void {
  const same = conflicts.every(({ field, theirs }) => field in seen && isEqual(seen[field], theirs))
  if (same && Object.keys(seen).length === conflicts.length) return
  throw new ForagerError('conflict', 'The server changed again since you looked.', {
    did: 'Nothing was sent; the new values are shown.',
    next: 'Choose again.',
  })
}

async function settle(
  operation: Operation,
  choices: Chosen['choices'],
  context: ServiceContext,
): Promise<void> {
  switch (operation.kind) {
    case 'alert.promote':
    case 'alert.merge':
    case 'alert.import': {
      const theirs = theirCase(operation)
      if (choices['caseId'] === 'mine') return keepOurCase(operation, theirs, context)
      if (operation.kind === 'alert.promote') return adoptTheirCase(operation, theirs, context)
      return context.book.remove([operation])
    }
    case 'alert.unlink': {
      if (choices['caseId'] !== 'mine') return context.book.remove([operation])
      return goOut(operation, { ...grounded(operation), payload: { caseId: theirCase(operation) } }, context)
    }
    case 'alert.update':
    case 'case.update':
    case 'observable.update':
    case 'procedure.edit':
    case 'comment.edit': {
      const settled = settleFields(operation, choices)
      if (settled === undefined) return context.book.remove([operation])
      return goOut(operation, settled, context)
    }
    default:
      // Marks and deletions are one thing each: kept as a whole, or given up for any value of theirs.
      if (Object.values(choices).some((choice) => choice !== 'mine')) return context.book.remove([operation])
      return goOut(operation, grounded(operation), context)
  }
}

/**
 * On the ground of what the analyst has seen, it may go now; later decisions follow it. Where an attempt may have taken hold, what is left
 * of it is asked about first, as before.
 */
async function goOut(before: Operation, settled: Operation, context: ServiceContext): Promise<void> {
  const { conflicts: _settled, ...rest } = settled
  const notBefore = dueAtOnce(settled, context.now())
  const after = { ...rest, state: 'ready', notBefore } as Operation
  context.book.replace(before, after)
  await context.book.refold(before.alertId)
}

function grounded<O extends Operation>(operation: O): O {
  const base = (operation.conflicts ?? []).reduce((ground, { field, theirs }) => {
    if (!field.startsWith(customFieldPrefix)) return { ...ground, [field]: theirs }
    const name = field.slice(customFieldPrefix.length)
    const fields = (ground['customFields'] ?? []) as FieldEdit['base']
    const entries = entriesOf({ base: fields, mine: [] }, name, theirs)
    return { ...ground, customFields: withValuesOf(fields, name, entries) }
  }, operation.base)
  return { ...operation, base }
}

/** An alert that is in no case contradicts nothing: a conflict over where it belongs names another case. */
function theirCase({ conflicts }: Operation): string {
  const theirs = conflicts?.find(({ field }) => field === 'caseId')?.theirs
  if (typeof theirs === 'string') return theirs
  throw new ForagerError('bug', 'This conflict names no case.', { did: 'Nothing was changed.' })
}
