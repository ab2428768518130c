import type { Operation } from '#shared/model/operation.ts'

/** The operation with every local id the server has answered for replaced by the server's. */
export function resolveIds(operation: Operation, ids: ReadonlyMap<string, string>): Operation {
  const known = (id: string) => ids.get(id) ?? id
  const alertId = known(operation.alertId)
  if (operation.kind === 'alert.merge')
    return { ...operation, alertId, payload: { caseId: known(operation.payload.caseId) } }
  return { ...operation, alertId }
}
