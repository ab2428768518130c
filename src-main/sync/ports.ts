import type { Alert } from '#shared/model/alert.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Session } from '#shared/model/session.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { Ours } from '../domain/pending-index.ts'
import type { PageCursor, PageRequest } from '../domain/page.ts'
import type { CacheWriter, Ingested } from '../store/ports.ts'
import type { Upload } from '../thehive/port.ts'

type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never
}

/** What became of a page that was read in the thread for that. */
export type PageRead = {
  token: number
  rows: number
  setAside: number
  next: PageCursor | undefined
  newest: number
}

/** The cache as sync sees it, from another thread. Pages travel as bytes; they are parsed in a third. */
export interface SyncCache extends Async<
  Pick<
    CacheWriter,
    | 'marks'
    | 'saveMarks'
    | 'saveSession'
    | 'saveCatalog'
    | 'session'
    | 'catalog'
    | 'beginFill'
    | 'alertsReach'
    | 'fillAhead'
    | 'finishFillStep'
    | 'tidyText'
    | 'ingestAlerts'
    | 'replaceObservables'
    | 'replaceComments'
    | 'replaceProcedures'
    | 'replaceAttachments'
    | 'replaceTasks'
    | 'savePacked'
    | 'saveChildrenSeen'
    | 'removeAlert'
    | 'markGone'
    | 'beginSweep'
    | 'sweepPage'
    | 'endSweep'
    | 'suspectDeleted'
    | 'suspects'
    | 'expectedCount'
    | 'observableGaps'
    | 'alertsOfCases'
    | 'upsertCases'
    | 'upsertListedCases'
    | 'markCasesGone'
    | 'setPending'
    | 'restorePending'
    | 'resolveLocal'
    | 'settle'
    | 'unsettled'
    | 'alert'
    | 'alertIdByKey'
    | 'case'
    | 'setAside'
    | 'setAsideCount'
  >
> {
  /** Parses and checks; answers where the next page starts, so that it can be fetched while this one is stored. */
  readPage(entity: 'alert' | 'observable', bytes: Uint8Array, request: PageRequest): Promise<PageRead>
  /** Stores what readPage parsed. `there`: the server's clock. */
  ingestPage(token: number, there: number): Promise<Ingested>
}

/** Time, so that tests can own it. `sleep` ends early, without error, when the signal aborts. */
export interface Clock {
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** In [0, 1): spreads retries. */
  random(): number
}

/** Kept files, opened for sending. */
export interface Specimens {
  upload(specimenId: string): Promise<Upload>
}

/** What sync tells the rest of the core. */
export interface SyncEvents {
  status(status: SyncStatus): void
  changed(ids: readonly string[], arrived: number): void
  outboxChanged(): void
  /** Who we are and what the server knows, each time a connection comes up. */
  connected(session: Session, catalog: Catalog): void
}

/** The durable list of decisions, as the runner needs it. */
export interface PendingOperations {
  /** Not sent, in order. */
  all(): readonly Operation[]
  /** The same, to be found by alert and by likeness. */
  ours(): Ours
  /** As it was decided, waiting or sent; undefined when it is not here. */
  decided(id: string): Operation | undefined
  /** Ids replaced by server ids where known. */
  resolved(operation: Operation): Operation
  save(operation: Operation): void
  /** Durable when it returns: all of them or none. */
  saveAll(operations: readonly Operation[]): void
  /** Nothing is on its way any more: what is said to be is asked about before it is sent again. */
  doubtSending(): void
  /** Saves `after` in the place of `before`, in one write with whatever stands on its values. */
  replace(before: Operation, after: Operation): void
  /** New states of alerts came in: decisions they contradict wait for the analyst. */
  noteServerState(alerts: readonly Alert[]): void
  /** The server's id for one of ours, or the id itself. */
  resolveId(id: string): string
  /** From now on, and for good, the server's id stands for ours. */
  mapId(localId: string, serverId: string): void
  /** The same for many, in one write. */
  mapIds(pairs: readonly (readonly [localId: string, serverId: string])[]): void
  /** Hands the cache what is pending for these alerts now. */
  refold(...alertIds: readonly string[]): Promise<void>
  /** Sent, but the cache could not be brought up to date yet: until then the fold keeps showing them. */
  owed(): readonly Operation[]
  owe(operation: Operation): void
  paid(operation: Operation): void
  /** Server ids of comments, procedures and files other operations have been acknowledged with. */
  claimedIds(): ReadonlySet<string>
}
