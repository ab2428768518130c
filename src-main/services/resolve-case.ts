import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { dueAtOnce } from '../domain/due-at-once.ts'
import { caseIdOf } from '../domain/target.ts'
import type { ServiceContext } from './context.ts'
import { isAble } from './permissions.ts'
import { makeOperation } from './queue-operations.ts'

type Importing = OperationOf<'alert.promote' | 'alert.merge' | 'alert.import'>

/**
 * Their case stands where ours was promised: merges into ours, changes of it and whatever else was decided about it follow
 * into theirs. What the promotion would have set (title, template …) is given up.
 */
export async function adoptTheirCase(
  operation: OperationOf<'alert.promote'>,
  theirs: string,
  context: ServiceContext,
): Promise<void> {
  const { book } = context
  const ours = operation.payload.predicted.id
  const followers = book
    .all()
    .filter((one) => one.alertId === ours || caseIdOf(one) === ours)
    .map(({ alertId }) => alertId)
  book.mapId(ours, theirs)
  const { conflicts: _settled, lastError: _cleared, ...rest } = operation
  const receipt = {
    at: context.now(),
    serverId: theirs,
    alreadyThere: true,
    note: 'You took the case a colleague had put it into; nothing was sent.',
  }
  book.save({ ...rest, state: 'sent', mustVerify: false, receipt } as Operation)
  for (const id of new Set([operation.alertId, ours, ...followers])) await book.refold(id)
}

/** A server keeps an alert in one case: out of theirs first, then ours. What was copied into theirs stays there. */
export async function keepOurCase(
  operation: Importing,
  theirs: string,
  context: ServiceContext,
): Promise<void> {
  if (!isAble('unlinkAlert', context))
    throw new ForagerError(
      'rejected',
      'This server cannot take an alert out of a case, and keeps it in one case only.',
      { did: 'Nothing was sent.', next: 'Take theirs, or drop this decision.' },
    )
  const { book } = context
  const about = { seen: { caseId: theirs }, alertId: operation.alertId, groupId: operation.groupId }
  const draft = { kind: 'alert.unlink', payload: { caseId: theirs } } as const
  const unlink: Operation = {
    ...makeOperation(draft, about, context),
    state: 'ready',
    notBefore: context.now(),
  }
  const { conflicts: _settled, lastError: _cleared, ...rest } = operation
  const ours = {
    ...rest,
    base: { ...rest.base, caseId: null },
    dependsOn: [...rest.dependsOn, unlink.id],
    state: 'ready',
    notBefore: dueAtOnce(operation, context.now()),
  } as Operation
  await book.insertBefore(unlink, ours)
}
