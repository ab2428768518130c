import { asForagerError } from '#shared/errors/convert.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Gone, Operation } from '#shared/model/operation.ts'
import { caseIdOf, childIdOf } from '../domain/target.ts'
import type { GoneThing } from '../thehive/port.ts'
import { classifyFailure } from './classify-failure.ts'
import type { StepContext } from './kinds/kind.ts'
import { refreshAlert, refreshCase } from './kinds/refresh.ts'
import { createOneByOne, isNoAnswer as tellsNothing } from './one-by-one.ts'
import { askedMs } from './reconnect.ts'

/** So many are looked for in a round. */
const askedAtOnce = 20

type Context = Pick<StepContext, 'server' | 'cache' | 'clock' | 'signal' | 'pending'>
type RoundContext = Context & {
  now: () => number
  /** Between requests: the others are looked for in the next round. */
  stopped: () => boolean
}

/**
 * A refusal may say "not found" of anything a decision names. Once a refusal, the server is asked what of it is not there, and who
 * deleted it where a trail tells; again, later, where the server fails over it. One for each engine.
 */
export function createFindingGone() {
  const oneByOne = createOneByOne()

  return async function findWhatIsGone(context: RoundContext): Promise<void> {
    const { pending, now, stopped } = context
    const unexplained = (id: string) => pending.all().find((one) => one.id === id && isUnexplained(one))
    const ids = pending.all().flatMap((one) => (isUnexplained(one) ? [one.id] : []))
    await oneByOne({
      ...{ ids, most: askedAtOnce, isItsOwn: tellsNothing, now, stopped },
      ask: async (id) => {
        const asked = unexplained(id)
        if (asked === undefined) return
        const gone = await goneFor(pending.resolved(asked), context)
        // The analyst may have decided while the server was asked.
        const still = unexplained(id)
        if (still !== undefined) pending.save({ ...still, gone })
      },
    })
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

async function caseGone(caseId: string, context: Context): Promise<Gone> {
  if (await refreshCase(caseId, context)) return allThere
  return { what: 'case', ...(await whoDeleted({ id: caseId, rootId: caseId }, context)) }
}

async function onAlert(operation: Operation, context: Context): Promise<Gone> {
  const { alertId } = operation
  if (!(await refreshAlert(alertId, context)))
    return { what: 'alert', ...(await whoDeleted({ id: alertId, rootId: alertId }, context)) }
  const caseId = caseIdOf(operation)
  if (caseId !== undefined) return caseGone(caseId, context)
  const list = childrenOf(operation, context)
  const childId = childIdOf(operation)
  if (list === undefined || childId === undefined) return allThere
  if ((await list.read()).some(({ id }) => id === childId)) return allThere
  return { what: list.what, ...(await whoDeleted({ id: childId, rootId: alertId }, context)) }
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

/** What is gone is known without it: a server that cannot or may not tell is not asked again. One that asks for a pause is, after it. */
async function whoDeleted(gone: GoneThing, { server, signal }: Context): Promise<Pick<Gone, 'by' | 'at'>> {
  try {
    const entry = await server.deletionOf(gone, signal)
    return entry === undefined || entry.by === '' ? {} : { by: entry.by, at: entry.at }
  } catch (thrown) {
    const error = asForagerError(thrown)
    const { outcome } = classifyFailure(error)
    const isNoAnswer = outcome === 'refused' || outcome === 'unknown'
    if (isNoAnswer && askedMs(error) === undefined) return {}
    throw thrown
  }
}
