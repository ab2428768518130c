import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { notOurs } from '../../domain/inverse-child.ts'
import { childIdOf, childIdsAddedBy } from '../../domain/target.ts'
import type { StepContext } from './kind.ts'

type Child = { createdBy: string; createdAt: number }

/**
 * What is to be deleted was ours alone when that was decided: one that the server had, and names in its place, stays.
 * @throws ForagerError `conflict`, with who added it
 */
export function mustHaveBegunHere(
  { id, author }: Operation,
  there: Child,
  { pending, server }: StepContext,
): void {
  const deletion = pending.decided(id)
  const childId = deletion && childIdOf(deletion)
  if (deletion === undefined || childId === undefined || !isLocalId(childId)) return
  const add = deletion.dependsOn
    .map((one) => pending.decided(one))
    .find((one) => one !== undefined && childIdsAddedBy(one).includes(childId))
  const reason = whyNotOurs(there, { add, author, flavour: server.session.flavour })
  if (reason === undefined) return
  throw new ForagerError('conflict', `It was there before yours arrived, so it stays: ${reason}`, {
    did: 'Nothing was deleted.',
    next: 'Drop this decision. If it should go all the same, delete it on the alert.',
  })
}

type Known = { add: Operation | undefined; author: string; flavour: string }

/** TheHive 3 keeps neither who added an observable to an alert nor when. Where the decision that adds it is not known here, its author still is. */
function whyNotOurs(there: Child, { add, author, flavour }: Known): string | undefined {
  if (flavour === 'thehive3' && add?.kind !== 'alert.create') return 'this server does not tell who added it.'
  if (add !== undefined) return notOurs(there, add)
  return there.createdBy === author ? undefined : `${there.createdBy} added it.`
}
