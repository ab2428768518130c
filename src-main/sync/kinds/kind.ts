import type { ForagerError } from '#shared/errors/forager-error.ts'
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

/** What became of one of several, or what a look told. From sending, `notYet` means: refused in company, to be sent by itself. */
export type Outcome =
  | StepResult
  /** `isUntold`: a look was refused or does not decide it, so that nobody knows what became of an earlier attempt. */
  | { error: ForagerError; isUntold?: true }

/**
 * Where one request can ask the same of several things. The decisions are of one likeness; an outcome each, in their order.
 * What is thrown concerns all of them: nothing is known of any.
 */
export interface ManyRules<K extends OperationKind> {
  /** How many this server takes at once; 1: no call for several. */
  limit(operation: OperationOf<K>, server: TheHiveServer): number
  send(operations: readonly OperationOf<K>[], context: StepContext): Promise<Outcome[]>
  probe(operations: readonly OperationOf<K>[], context: StepContext): Promise<Outcome[]>
  /** As `refresh` of each, with fewer requests; decisions of any likeness, one an alert. */
  refresh?(operations: readonly OperationOf<K>[], context: StepContext): Promise<unknown>
}

/** One kind of decision: how it is sent, and how to tell whether it already happened. */
export interface KindRules<K extends OperationKind> {
  /** Sends it once. Throws what the server adapter throws. */
  send(operation: OperationOf<K>, context: StepContext): Promise<StepResult>
  /** Reads only. Asked before anything is sent again after an attempt of unknown outcome. */
  probe(operation: OperationOf<K>, context: StepContext): Promise<Outcome>
  /** Brings the cache's base up to what the server has now: of the alert or case as a whole, whichever of its decisions asks. */
  refresh(operation: OperationOf<K>, context: StepContext): Promise<unknown>
  many?: ManyRules<K>
  /** Asked twice, the server makes two: nothing but time tells that an attempt which nobody answered did not take hold. */
  doubles?: true
}
