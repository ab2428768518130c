import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

async function whereIsIt(operation: OperationOf<'alert.merge'>, context: StepContext): Promise<StepResult> {
  const alert = await mustHaveAlert(operation.alertId, context)
  if (alert.caseId === undefined) return { notYet: true }
  if (alert.caseId !== operation.payload.caseId)
    return { conflict: conflictsWith(operation, alert, context.pending.all()) }
  const at = context.clock.now()
  return {
    done: { at, serverId: alert.caseId, alreadyThere: true, note: 'The alert was already in this case.' },
  }
}

/** An alert is in one case: its case id tells. Inverse: unlink, which leaves what was copied. */
export const alertMerge: KindRules<'alert.merge'> = {
  async send(operation, context) {
    try {
      const into = await context.server.merge(operation.alertId, operation.payload.caseId, context.signal)
      await context.cache.upsertCases([into])
      const note = `The server merged it into case #${into.number ?? into.id}.`
      return { done: { at: context.clock.now(), serverId: into.id, note } }
    } catch (thrown) {
      // A server that refuses a second merge may be telling us that somebody else was first.
      if (!(thrown instanceof ForagerError) || thrown.kind !== 'rejected') throw thrown
      const found = await whereIsIt(operation, context)
      if ('notYet' in found) throw thrown
      return found
    }
  },
  probe: whereIsIt,
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
