import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { CaseTemplate, Catalog } from '#shared/model/catalog.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import type { QueueCounts, QueueRow } from '#shared/model/queue-row.ts'
import type { Session } from '#shared/model/session.ts'
import type { Filter } from '#shared/query/filter.ts'
import type { Task } from '#shared/model/task.ts'
import type { QueueCursor, QueueSort } from '#shared/query/queue-sort.ts'
import type { SetAside } from '../domain/page.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { PackFacts, PackReading } from './pack-port.ts'
import type { PullFacts } from './pull-port.ts'
import type { ReadyAlert, ReadyObservable } from './cache/ready-rows.ts'

/** How a database file is opened. `keyHex` is 32 bytes in hex; undefined only in measurements of the unencrypted case. */
export type StoreLocation = {
  folder: string
  keyHex: string | undefined
  /** `precious` for a local workspace: full synchronisation and backups, because no server can refill it. */
  care: 'disposable' | 'precious'
}

/** What an ingest changed. */
export type Ingested = {
  /** Alerts whose shown state changed (echoes of what we have do not count). */
  changed: string[]
  /** Alerts never seen before. */
  arrived: number
  /** New server states of alerts that have pending operations: ground for conflict detection. */
  underPending: Alert[]
}

/** Sync's place in the stream of changes; survives restarts. */
export type SyncMarks = {
  /** 'none' until the first fill started, 'filling' until all its rows, indexes and text are there. */
  fill: 'none' | 'filling' | 'done'
  /** Opaque JSON: cursors, totals, last success. */
  state: Record<string, unknown>
}

/** The single writer of cache.sqlite. All methods are synchronous: a transaction never waits for anything. */
export interface CacheWriter extends PullFacts, PackFacts {
  marks(): SyncMarks
  saveMarks(marks: SyncMarks): void
  session(): Session | undefined
  saveSession(session: Session): void
  catalog(): Catalog | undefined
  saveCatalog(catalog: Catalog): void
  /** Enters fill mode (marks say 'filling'): secondary indexes and full text wait until finishFill. Idempotent; rows already there stay. */
  beginFill(): void
  /** While a fill runs: the alerts it has brought so far were created at `stamp` (ms) or later. */
  alertsReach(stamp: number): void
  /** While a fill runs and only observables created before `stamp` (ms) are to come: builds one index, or a slice of text, that they do not change. Answers whether there was any. */
  fillAhead(stamp: number): boolean
  /** Builds one missing index or one slice of full text; answers what is left. Called until `done` (marks say 'done'), so that nobody waits long. */
  finishFillStep(): { done: boolean; phase: 'indexing' | 'text' }
  /** After a fill, a little a call: makes searching as fast as it can be. Answers whether there may be more to do. */
  tidyText(): boolean
  /** `there`: the server's clock, as far as is known; where there is no server, it is ours. */
  ingestAlerts(alerts: readonly Alert[], at: number, there?: number): Ingested
  /** Bulk path: observables of many alerts, as pages bring them. Unknown alerts' rows are dropped and counted. */
  ingestObservables(rows: readonly { alertId: string; observable: Observable }[]): {
    changed: string[]
    orphans: number
  }
  /** The same for rows that another thread made ready (ready-rows.ts). */
  ingestReadyAlerts(alerts: readonly ReadyAlert[], at: number, there?: number): Ingested
  ingestReadyObservables(rows: readonly (ReadyObservable & { alertId: string })[]): {
    changed: string[]
    orphans: number
  }
  /** The server's whole list for one alert replaces ours (pending ones stay). */
  replaceObservables(alertId: string, observables: readonly Observable[]): void
  replaceComments(alertId: string, comments: readonly Comment[]): void
  replaceProcedures(alertId: string, procedures: readonly Procedure[]): void
  replaceAttachments(alertId: string, attachments: readonly AlertAttachment[]): void
  replaceTasks(caseId: string, tasks: readonly Task[]): void
  /** The server has deleted it on our word. */
  removeAlert(alertId: string): void
  /** The server no longer shows these: gone or hidden. The copies stay, marked, until they come again. `at` in ms since the epoch. */
  markGone(alertIds: readonly string[], at: number): void
  /** Answers those that look different now. */
  upsertCases(cases: readonly Case[]): string[]
  /** The same from a list, which follows late: an older state never replaces a newer one that was read since. */
  upsertListedCases(cases: readonly Case[]): string[]
  /** The server no longer shows these: they stay, marked, and are not offered, until they come again. */
  markCasesGone(caseIds: readonly string[]): void
  /** All that hangs on it was fetched; `at` in our time, ms. */
  saveChildrenSeen(alertId: string, at: number): void
  setAside(entries: readonly SetAside[]): void
  /** All of one sort will be met again. */
  forgetAside(entity: SetAside['entity']): void
  /** The pending operations of these alerts (or cases) are now exactly these (ids already resolved): re-folds each. */
  setPending(views: readonly { alertId: string; operations: readonly Operation[] }[]): void
  /**
   * At start, before anything is ingested: these are all pending operations there are. Every other alert shows its base again,
   * also one whose operation went between a crash and this moment.
   */
  restorePending(views: readonly { alertId: string; operations: readonly Operation[] }[]): void
  /** A local id got its server id: rows carry the new one from now on. */
  resolveLocal(kind: 'alert' | 'case', localId: string, serverId: string): void
  /**
   * Local workspace: the operations take hold with authority and become the base; cases get the next number, and their template's
   * tasks. `alertId` is the case's id for decisions about cases. Answers, of observables that were there already, the id they were
   * given here with the id of the one that stays.
   */
  settle(
    alertId: string,
    operations: readonly Operation[],
    templates?: readonly CaseTemplate[],
  ): (readonly [localId: string, id: string])[]
  /** Of these decisions, those that never took hold that way. */
  unsettled(operationIds: readonly string[]): string[]
  alert(id: string): { base: Alert | undefined; effective: Alert | undefined }
  alertIdByKey(key: { type: string; source: string; sourceRef: string }): string | undefined
  case(id: string): Case | undefined
  setAsideCount(): number
  close(): void
}

/** An alert with all that hangs on it, as it is shown. */
export type StoredDetail = {
  alert: Alert
  observables: Observable[]
  comments: Comment[]
  procedures: Procedure[]
  attachments: AlertAttachment[]
  /** Its case, when it is known here. */
  case?: Case
  fetchedAt?: number
  goneAt?: number
  /** When all that hangs on it was fetched, comments and files included. */
  childrenAt?: number
}

/** Read-only connections on cache.sqlite: lists, details, counts. Any number of them, each in its own thread. */
export interface CacheReader extends PackReading {
  /** Relative times in the filter start from `now` (ms); without it, from the moment of asking. */
  order(request: {
    filter: Filter
    sort: QueueSort
    after: QueueCursor | undefined
    limit: number
    now?: number | undefined
  }): { pks: number[]; next: QueueCursor | null }
  rows(pks: readonly number[]): QueueRow[]
  /** `login` decides what "mine" means. */
  counts(login: string): QueueCounts
  detail(id: string): StoredDetail | undefined
  searchCases(text: string, limit: number): Case[]
  case(id: string): Case | undefined
  tasks(caseId: string): Task[]
  titles(alertIds: readonly string[]): Record<string, string>
  close(): void
}

export type Brought = {
  operations: readonly Operation[]
  ids: readonly (readonly [localId: string, serverId: string])[]
  specimens: readonly Specimen[]
  facts: readonly (readonly [key: string, value: string])[]
}

/** outbox.sqlite: what the server does not have. Every write is fsync'd before it returns. */
export interface OutboxStore {
  /** All in one transaction, in this order. */
  append(operations: readonly Operation[]): void
  /** Replaces whole operations (state, attempts, receipt …) in one transaction. The files of what was sent are let go. */
  update(operations: readonly Operation[]): void
  /** Taken back or dropped by the analyst; their files are let go. */
  remove(ids: readonly string[]): void
  /** From now on these stand in this order, in the places they hold among the others. All or none. */
  reorder(ids: readonly string[]): void
  /** One more, then all of `order` as `reorder` does, and one of those changed; all or none. */
  insert(added: Operation, plan: { order: readonly string[]; changed: Operation }): void
  /** Everything that came with decisions from elsewhere, in one transaction; the decisions come last, in this order. */
  adopt(brought: Brought): void
  /** Also when its row is damaged. */
  has(id: string): boolean
  get(id: string): Operation | undefined
  /** Not sent yet, in the order of the plan: oldest first unless moved. */
  pending(): Operation[]
  /** Sent, newest first; those behind the receipt `before`, when it is named. */
  receipts(limit: number, before?: string): Operation[]
  /** Rows whose checksum or shape is wrong: kept, counted, shown, never sent. */
  damaged(): { id: string; reason: string }[]
  /** Local id → server id, once and for all; all in one transaction. */
  mapIds(pairs: readonly (readonly [localId: string, serverId: string])[]): void
  idMap(): Map<string, string>
  saveSpecimen(record: Specimen): void
  specimen(id: string): Specimen | undefined
  /** All that were ever taken in and not removed, oldest first. */
  specimens(): Specimen[]
  removeSpecimen(id: string): void
  fact(key: string): string | undefined
  saveFact(key: string, value: string): void
  /** Of all facts whose name begins like this. */
  factNames(prefix: string): string[]
  removeFact(key: string): void
  /** Copies itself beside the file (clean close and before migrations). */
  backup(): void
  close(): void
}
