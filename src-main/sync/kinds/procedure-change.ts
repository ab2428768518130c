import type { OperationOf } from '#shared/model/operation.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, lookThenDelete, lookThenSend, taken } from './outcome.ts'
import { mustHave, refreshProcedures } from './refresh.ts'

async function findProcedure(alertId: string, id: string, { server, signal }: StepContext) {
  return (await server.procedures(alertId, signal)).find((procedure) => procedure.id === id)
}

async function isEdited(operation: OperationOf<'procedure.edit'>, context: StepContext): Promise<StepResult> {
  const { procedureId, change } = operation.payload
  const procedure = mustHave(await findProcedure(operation.alertId, procedureId, context), 'procedure')
  if (changeHolds(procedure, change))
    return alreadyThere(procedureId, 'The procedure already said so.', context)
  return comparedWith(operation, procedure, context)
}

/** PATCH with full values. Read first: no pull brings procedures. Inverse: PATCH the base values. */
export const procedureEdit: KindRules<'procedure.edit'> = {
  send: (operation, context) =>
    lookThenSend(
      () => isEdited(operation, context),
      async () => {
        const { procedureId, change } = operation.payload
        await context.server.editProcedure(procedureId, change, context.signal)
        return taken(procedureId, 'The server took the change.', context)
      },
    ),
  probe: isEdited,
  refresh: (operation, context) => refreshProcedures(operation.alertId, context),
}

async function isGone(operation: OperationOf<'procedure.delete'>, context: StepContext): Promise<StepResult> {
  const { procedureId } = operation.payload
  const procedure = await findProcedure(operation.alertId, procedureId, context)
  if (procedure !== undefined) return comparedWith(operation, procedure, context)
  return alreadyThere(procedureId, 'The procedure was already gone.', context)
}

/** Gone is gone. Read first: a colleague's edit is not deleted unseen. Inverse: add it anew. */
export const procedureDelete: KindRules<'procedure.delete'> = {
  send: (operation, context) =>
    lookThenDelete(
      () => isGone(operation, context),
      async () => {
        await context.server.deleteProcedure(operation.payload.procedureId, context.signal)
        return taken(operation.payload.procedureId, 'The server deleted the procedure.', context)
      },
    ),
  probe: isGone,
  refresh: (operation, context) => refreshProcedures(operation.alertId, context),
}
