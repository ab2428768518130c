import type { Operation } from '#shared/model/operation.ts'
import { resolveIds } from '../../domain/resolve-ids.ts'
import { caseIdOf, promisedCaseId } from '../../domain/target.ts'

/**
 * Which operations wait on which alert (or case), so that every ingest can lay them over the server's new state without asking another file.
 * Undefined means "not told yet" as long as nobody has said what is pending.
 */
export function createPendingMirror() {
  const byAlert = new Map<string, readonly Operation[]>()
  return {
    get: (alertId: string): readonly Operation[] => byAlert.get(alertId) ?? [],
    set(alertId: string, operations: readonly Operation[]): void {
      if (operations.length === 0) byAlert.delete(alertId)
      else byAlert.set(alertId, operations)
    },
    /** Operations that wait on an alert under its local id wait on the server's from now on. */
    renameAlert(localId: string, serverId: string): void {
      const moved = byAlert.get(localId)
      if (moved === undefined) return
      byAlert.delete(localId)
      const renamed = moved.map((operation) => ({ ...operation, alertId: serverId }))
      byAlert.set(serverId, [...renamed, ...(byAlert.get(serverId) ?? [])])
    },
    /** The same for a case, and for what leads alerts into it. */
    renameCase(localId: string, serverId: string): void {
      this.renameAlert(localId, serverId)
      for (const [alertId, operations] of byAlert) {
        byAlert.set(
          alertId,
          operations.map((operation) => withCase(operation, localId, serverId)),
        )
      }
    },
  }
}
export type PendingMirror = ReturnType<typeof createPendingMirror>

function withCase(operation: Operation, localId: string, serverId: string): Operation {
  return caseIdOf(operation) === localId || promisedCaseId(operation) === localId
    ? resolveIds(operation, new Map([[localId, serverId]]))
    : operation
}
