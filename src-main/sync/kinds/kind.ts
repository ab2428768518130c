import type {
  FieldConflict,
  Operation,
  OperationKind,
  OperationOf,
  Receipt,
} from '#shared/model/operation.ts'
import type { TheHiveServer } from '../../thehive/port.ts'
import type { Clock, PendingOperations, Specimens, SyncCache } from '../ports.ts'

/** The world a step may touch. */
export type StepContext = {
  server: TheHiveServer
  cache: SyncCache
  clock: Clock
  pending: PendingOperations
  specimens: Specimens
  signal: AbortSignal
}

/** How a step ended when nothing was thrown. */
export type StepResult =
  | { done: Receipt }
  /** `merged`: the same decision, its texts already merged with theirs. */
  | { conflict: FieldConflict[]; merged?: Operation | undefined }
  /** Nothing was sent: our text and theirs go together. This is the decision now, on their ground; it is to be sent anew. */
  | { merged: Operation }
  /** Only from a probe: it certainly did not happen, so it may be sent. */
  | { notYet: true }

/** One kind of decision: how it is sent, and how to tell whether it already happened. */
export interface KindRules<K extends OperationKind> {
  /** Sends it once. Throws what the server adapter throws. */
  send(operation: OperationOf<K>, context: StepContext): Promise<StepResult>
  /** Reads only. Asked before anything is sent again after an attempt of unknown outcome. */
  probe(operation: OperationOf<K>, context: StepContext): Promise<StepResult>
  /** Brings the cache's base up to what the server has now. */
  refresh(operation: OperationOf<K>, context: StepContext): Promise<unknown>
}

/** Our clock and the server's may differ by this much before "after we sent it" stops meaning anything. */
export const clockSkewMs = 600_000
