import { alertKey } from '#shared/model/alert.ts'
import type { Alert } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { refreshAlert } from './refresh.ts'

async function adopt(
  operation: OperationOf<'alert.create'>,
  alert: Alert,
  context: StepContext,
  there: boolean,
) {
  context.pending.mapId(operation.alertId, alert.id)
  await context.cache.resolveLocal('alert', operation.alertId, alert.id)
  await context.cache.ingestAlerts([alert], context.clock.now())
  const note = there ? 'The server already had it from an earlier attempt.' : 'The server created the alert.'
  const at = context.clock.now()
  return { done: { at, serverId: alert.id, note, ...(there && { alreadyThere: true }) } } satisfies StepResult
}

/** type;source;sourceRef is unique on the server: a twin of our own making means an earlier attempt landed. */
function isOurs(operation: OperationOf<'alert.create'>, twin: Alert, login: string): boolean {
  return twin.createdBy === login && twin.title === operation.payload.input.title
}

/** Looks for the twin and adopts it when it is ours; somebody else's is shown, never overwritten. */
async function findTwin(operation: OperationOf<'alert.create'>, context: StepContext): Promise<StepResult> {
  const twin = await context.server.alert(alertKey(operation.payload.input), context.signal)
  if (twin === undefined) return { notYet: true }
  if (isOurs(operation, twin, context.server.session.login)) return adopt(operation, twin, context, true)
  throw new ForagerError(
    'conflict',
    'An alert with the same type, source and reference is already on the server.',
    {
      did: 'Yours is kept here and was not sent.',
      next: 'Open the existing alert, then drop this one or change its reference.',
      details: { twinId: twin.id },
    },
  )
}

/** Inverse: delete the alert. */
export const alertCreate: KindRules<'alert.create'> = {
  async send(operation, context) {
    try {
      const alert = await context.server.createAlert(operation.payload.input, context.signal)
      return await adopt(operation, alert, context, false)
    } catch (thrown) {
      if (!(thrown instanceof ForagerError) || thrown.kind !== 'conflict') throw thrown
      const found = await findTwin(operation, context)
      if ('notYet' in found) throw thrown
      return found
    }
  },
  probe: findTwin,
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
