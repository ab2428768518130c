import { asForagerError } from '#shared/errors/convert.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Gone, Operation } from '#shared/model/operation.ts'
import { caseIdOf, childIdOf } from '../domain/target.ts'
import { readTrail } from './attribute-conflicts.ts'
import { isRefusal } from './classify-failure.ts'
import type { StepContext } from './kinds/kind.ts'
import { refreshAlert, refreshCase } from './kinds/refresh.ts'

/** So many are looked for in a round. */
const askedAtOnce = 20

type Context = Pick<StepContext, 'server' | 'cache' | 'clock' | 'signal' | 'pending'>

/**
 * A refusal may say "not found" of anything a decision names. Once a refusal, the server is asked what of it is not there, and who
 * deleted it where a trail tells.
 */
export async function findWhatIsGone(context: Context): Promise<void> {
  const { pending } = context
  const open = pending.all().filter(isUnexplained).slice(0, askedAtOnce)
  for (const { id } of open) {
    const asked = pending.all().find((one) => one.id === id)
    if (asked === undefined || !isUnexplained(asked)) continue
    const gone = await goneFor(pending.resolved(asked), context)
    // The analyst may have decided while the server was asked.
    const still = pending.all().find((one) => one.id === id)
    if (still !== undefined && isUnexplained(still)) pending.save({ ...still, gone })
  }
}

const isUnexplained = ({ state, lastError, gone, alertId }: Operation): boolean =>
  state === 'rejected' && lastError?.kind === 'not-found' && gone === undefined && !isLocalId(alertId)

const allThere: Gone = { what: 'other' }

/** What may not be read is not known to be gone. */
async function goneFor(operation: Operation, context: Context): Promise<Gone> {
  try {
    return operation.kind === 'case.update'
      ? await caseGone(operation.alertId, context)
      : await onAlert(operation, context)
  } catch (thrown) {
    if (!isRefusal(asForagerError(thrown))) throw thrown
    return allThere
  }
}

const caseGone = async (caseId: string, context: Context): Promise<Gone> =>
  (await refreshCase(caseId, context)) ? allThere : { what: 'case' }

async function onAlert(operation: Operation, context: Context): Promise<Gone> {
  const { alertId } = operation
  if (!(await refreshAlert(alertId, context)))
    return { what: 'alert', ...(await whoDeleted(alertId, context)) }
  const caseId = caseIdOf(operation)
  if (caseId !== undefined) return caseGone(caseId, context)
  const list = childrenOf(operation, context)
  const childId = childIdOf(operation)
  if (list === undefined || (await list.read()).some(({ id }) => id === childId)) return allThere
  return { what: list.what }
}

type Children = { what: Gone['what']; read: () => Promise<readonly { id: string }[]> }

function childrenOf({ kind, alertId }: Operation, { server, signal }: Context): Children | undefined {
  switch (kind) {
    case 'observable.update':
      return { what: 'observable', read: () => server.observables(alertId, signal) }
    case 'comment.edit':
      return { what: 'comment', read: () => server.comments(alertId, signal) }
    case 'procedure.edit':
      return { what: 'procedure', read: () => server.procedures(alertId, signal) }
    default:
      return undefined
  }
}

/** The trail is newest first. */
async function whoDeleted(alertId: string, { server, signal }: Context): Promise<Pick<Gone, 'by' | 'at'>> {
  const trail = await readTrail(() => server.alertHistory(alertId, signal))
  const entry = trail.find(({ action }) => action === 'delete')
  return entry === undefined || entry.by === '' ? {} : { by: entry.by, at: entry.at }
}
