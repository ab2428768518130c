import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { refreshObservables } from './refresh.ts'

async function isThere(
  operation: OperationOf<'observable.add-file'>,
  context: StepContext,
): Promise<StepResult> {
  const { sha256 } = operation.payload.attachment
  const there = await context.server.observables(operation.alertId, context.signal)
  const found = there.find((observable) => observable.attachment?.sha256 === sha256)
  if (found === undefined) return { notYet: true }
  const at = context.clock.now()
  return { done: { at, serverId: found.id, alreadyThere: true, note: 'The server already had this file.' } }
}

/** A file is its SHA-256: the server's list tells whether it arrived. Inverse: delete the observable. */
export const observableFile: KindRules<'observable.add-file'> = {
  async send(operation, context) {
    const file = await context.specimens.upload(operation.payload.specimenId)
    const item = { file, marks: operation.payload.marks }
    const { added, failed } = await context.server.addFile(operation.alertId, item, context.signal)
    const refused = failed.find((one) => !one.alreadyThere)
    if (refused !== undefined)
      throw new ForagerError('rejected', `The server refused the file: ${refused.message}`, {
        did: 'The file is kept here, encrypted.',
        next: 'Try again, or drop this line.',
      })
    const at = context.clock.now()
    return { done: { at, serverId: added[0]?.id ?? operation.alertId, note: `The server has ${file.name}.` } }
  },
  probe: isThere,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
