import type { Case } from '#shared/model/case.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { baseFor } from './conflicts.ts'
import type { Ours } from './pending-index.ts'
import { restacked } from './restack.ts'

type Update = OperationOf<'case.update'>

/**
 * What was decided about a case while it was only a promise, on the case as the server made it: whatever it was thought to become,
 * nobody has had a word in it yet. Answers those that changed; one that somebody changed since is left to be compared.
 */
export function standingOnCase(promisedId: string, made: Case, ours: Ours): Operation[] {
  const updates = [...ours.about(promisedId)].filter((one) => one.kind === 'case.update')
  const [first] = updates
  if (first === undefined || made.updatedAt !== undefined) return []
  const thought = Object.assign({}, ...updates.map(({ base }) => base).toReversed()) as Update['base']
  const before = asEdit(first, thought)
  return restacked({ before, after: asEdit(first, baseFor(before, made)) }, updates, ours.resolveId)
}

/** An edit that sets these values, about the same case. */
function asEdit(like: Update, { tags: _commute, ...values }: Update['base']): Update {
  return { ...like, base: {}, payload: { change: values as Update['payload']['change'], effect: {} } }
}
