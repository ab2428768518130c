import type { Operation } from '#shared/model/operation.ts'

/**
 * To be compared with the server before it is sent, because what a pull brought, or a look, was not compared with it. Alert edits and
 * deletions are only compared with what pulls bring; all others look at the server before they are sent, or it refuses them where
 * a colleague was first.
 */
export const comparedFirst = (operation: Operation): Operation =>
  operation.kind === 'alert.update' || operation.kind === 'alert.delete'
    ? { ...operation, mustCompare: true }
    : operation
