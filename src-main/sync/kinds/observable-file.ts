import { afterTaken } from '#shared/errors/after-taken.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { mapObservables, mustShow } from './child-ids.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshObservables } from './refresh.ts'

type AddFile = OperationOf<'observable.add-file'>

async function isThere(operation: AddFile, context: StepContext): Promise<StepResult> {
  const { zip, attachment, localId } = operation.payload
  // A zip leaves no trace of itself. Sending it again is safe: the server recognises what it holds file by file.
  if (zip !== undefined) return { notYet: true }
  if (!isLocalId(localId)) return alreadyThere(localId, 'The server already had this file.', context)
  const there = await context.server.observables(operation.alertId, context.signal)
  const found = there.find((observable) => observable.attachment?.sha256 === attachment.sha256)
  if (found === undefined) return { notYet: true }
  mapObservables([operation.payload], there, context)
  return alreadyThere(found.id, 'The server already had this file.', context)
}

async function send(operation: AddFile, context: StepContext): Promise<StepResult> {
  const { marks, zip, specimenId } = operation.payload
  const { server, signal, specimens } = context
  const file = await specimens.upload(specimenId)
  const { added, failed } = await server.addFile(operation.alertId, { file, marks, zip }, signal)
  const refused = failed.find((one) => !one.alreadyThere)
  if (refused !== undefined)
    throw new ForagerError('rejected', `The server refused the file: ${refused.message}`, {
      did: added.length > 0 ? `The other ${added.length} were added.` : 'The file is kept here, encrypted.',
      next: 'Try again, or drop this line.',
    })
  if (zip !== undefined) {
    const note = `The server unpacked ${file.name}: ${added.length} files.`
    return taken(added[0]?.id ?? operation.alertId, note, context)
  }
  const there =
    added.length > 0 ? added : await afterTaken(() => server.observables(operation.alertId, signal))
  mustShow([operation.payload], there)
  mapObservables([operation.payload], there, context)
  return taken(added[0]?.id ?? operation.alertId, `The server has ${file.name}.`, context)
}

/** A file is its SHA-256: the server's list tells whether it arrived. Commutes with everything. Inverse: delete the observable. */
export const observableFile: KindRules<'observable.add-file'> = {
  send,
  probe: isThere,
  refresh: (operation, context) => refreshObservables(operation.alertId, context),
}
