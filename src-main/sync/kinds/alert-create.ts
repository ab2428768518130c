import { alertKey } from '#shared/model/alert.ts'
import type { Alert } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { InlineObservables } from '../../thehive/port.ts'
import { mapObservables } from './child-ids.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { afterTaken, alreadyThere, taken } from './outcome.ts'
import { refreshObservables } from './refresh.ts'

type Create = OperationOf<'alert.create'>

async function adopt(operation: Create, alert: Alert, context: StepContext): Promise<void> {
  context.pending.mapId(operation.alertId, alert.id)
  await context.cache.resolveLocal('alert', operation.alertId, alert.id)
  await context.cache.ingestAlerts([alert], context.clock.now())
  const { values, files } = operation.payload
  if (values.length + files.length === 0) return
  const made = await afterTaken(() => context.server.observables(alert.id, context.signal))
  mapObservables([...values, ...files], made, context)
}

/** type;source;sourceRef is unique on the server: a twin of our own making means an earlier attempt landed. */
function isOurs(operation: Create, twin: Alert, login: string): boolean {
  return twin.createdBy === login && twin.title === operation.payload.input.title
}

/** Looks for the twin and adopts it when it is ours; somebody else's is shown, never overwritten. */
async function findTwin(operation: Create, context: StepContext): Promise<StepResult> {
  const twin = await context.server.alert(alertKey(operation.payload.input), context.signal)
  if (twin === undefined) return { notYet: true }
  if (isOurs(operation, twin, context.server.session.login)) {
    await adopt(operation, twin, context)
    return alreadyThere(twin.id, 'The server already had it from an earlier attempt.', context)
  }
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

async function inlineOf({ payload }: Create, { specimens }: StepContext): Promise<InlineObservables> {
  const values = payload.values.map(({ dataType, data, marks }) => ({ value: { dataType, data }, marks }))
  const files = []
  for (const { specimenId, marks } of payload.files)
    files.push({ file: await specimens.upload(specimenId), marks })
  return { values, files }
}

/** The natural key tells. Commutes with every other alert. Inverse: delete the alert. */
export const alertCreate: KindRules<'alert.create'> = {
  async send(operation, context) {
    const inline = await inlineOf(operation, context)
    try {
      const alert = await context.server.createAlert(operation.payload.input, inline, context.signal)
      await adopt(operation, alert, context)
      return taken(alert.id, 'The server created the alert.', context)
    } catch (thrown) {
      if (!(thrown instanceof ForagerError) || thrown.kind !== 'conflict') throw thrown
      const found = await findTwin(operation, context)
      if ('notYet' in found) throw thrown
      return found
    }
  },
  probe: findTwin,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
