import { afterSome, afterTaken } from '#shared/errors/after-taken.ts'
import { alertKey } from '#shared/model/alert.ts'
import type { Alert } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { clockSkewMs } from '../../domain/clock-skew.ts'
import type { InlineObservables } from '../../thehive/port.ts'
import { serverNow, timedBy } from '../server-time.ts'
import { allKnown, mapObservables } from './child-ids.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshObservables } from './refresh.ts'

type Create = OperationOf<'alert.create'>

/** The server's alert takes the place of ours together with what came along: until that is known, ours shows it. */
async function adopt(operation: Create, alert: Alert, context: StepContext): Promise<void> {
  const { pending, cache, clock, server, signal } = context
  pending.mapId(operation.alertId, alert.id)
  await cache.resolveLocal('alert', operation.alertId, alert.id)
  const { values, files } = operation.payload
  const along = [...values, ...files]
  const made = along.length === 0 ? [] : await afterTaken(() => server.observables(alert.id, signal))
  // What was decided about these meanwhile finds them by the server's ids as soon as they show.
  mapObservables(along, made, context)
  await pending.refold(alert.id)
  await cache.ingestAlerts([alert], clock.now(), serverNow(timedBy(context)))
  if (along.length > 0) await cache.replaceObservables(alert.id, made)
}

/**
 * type;source;sourceRef is unique on the server: a twin of our own making means an earlier attempt landed. Somebody may have given it
 * another title since.
 */
function isOurs({ payload, firstSentAt, createdAt }: Create, twin: Alert, login: string): boolean {
  const isRenamed = twin.updatedAt !== undefined && twin.createdAt >= (firstSentAt ?? createdAt) - clockSkewMs
  return twin.createdBy === login && (twin.title === payload.input.title || isRenamed)
}

/**
 * Looks for the twin and adopts it when it is ours and whole: a server that cannot take everything in one request may have
 * been interrupted between two. Somebody else's is shown, never overwritten.
 */
async function findTwin(operation: Create, context: StepContext): Promise<StepResult> {
  const twin = await ourTwin(operation, context)
  if (twin === undefined || (await missingIn(twin, operation, context)).length > 0) return { notYet: true }
  await adopt(operation, twin, context)
  return alreadyThere(twin.id, 'The server already had it from an earlier attempt.', context)
}

/** @throws ForagerError `conflict` when the twin is somebody else's */
async function ourTwin(operation: Create, context: StepContext): Promise<Alert | undefined> {
  const twin = await context.server.alert(alertKey(operation.payload.input), context.signal)
  if (twin === undefined || isOurs(operation, twin, context.server.session.login)) return twin
  throw new ForagerError(
    'conflict',
    'An alert with the same type, source and reference is already on the server.',
    {
      did: 'Yours is kept here and was not sent.',
      next: 'Open the existing alert, then drop this one, or edit it to give it another reference.',
      details: { twinId: twin.id },
    },
  )
}

type Travelling = Create['payload']['values'][number] | Create['payload']['files'][number]

async function missingIn(twin: Alert, { payload }: Create, context: StepContext): Promise<Travelling[]> {
  const given = [...payload.values, ...payload.files]
  if (given.length === 0) return []
  const there = await context.server.observables(twin.id, context.signal)
  return given.filter((one) => !allKnown([one], there))
}

/** Adds what did not travel with our twin. @throws ForagerError `rejected` for what the server does not want */
async function complete(twin: Alert, operation: Create, context: StepContext): Promise<void> {
  const { server, signal, specimens } = context
  for (const one of await missingIn(twin, operation, context)) {
    const { marks } = one
    const { failed } =
      'specimenId' in one
        ? await server.addFile(twin.id, { file: await specimens.upload(one.specimenId), marks }, signal)
        : await server.addValues(twin.id, { values: [one], marks }, signal)
    const refused = failed.find(({ alreadyThere: known }) => !known)
    if (refused === undefined) continue
    throw new ForagerError('rejected', `The server refused ${refused.data} (${refused.message}).`, {
      did: 'The alert itself was made.',
      next: 'Drop this line and add what is missing to the alert.',
    })
  }
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
      if (!(thrown instanceof ForagerError)) throw thrown
      // What follows in requests of their own failed: the alert itself is there.
      if (thrown.details?.['createdId'] !== undefined) return afterSome(() => Promise.reject(thrown))
      if (thrown.kind !== 'conflict') throw thrown
      const twin = await ourTwin(operation, context)
      if (twin === undefined) throw thrown
      await afterSome(() => complete(twin, operation, context))
      await adopt(operation, twin, context)
      return alreadyThere(twin.id, 'The server already had it from an earlier attempt.', context)
    }
  },
  probe: findTwin,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
