import type { Readable } from 'node:stream'
import type { Alert, AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { Case, CaseChange, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Comment } from '#shared/model/comment.ts'
import type {
  AlertAttachment,
  Observable,
  ObservableChange,
  ObservableMarks,
  ObservableValue,
} from '#shared/model/observable.ts'
import type { Procedure, ProcedureChange, ProcedureInput } from '#shared/model/procedure.ts'
import type { Session } from '#shared/model/session.ts'
import type { SimilarAlert, SimilarCase } from '#shared/model/similar.ts'
import type { Task } from '#shared/model/task.ts'
import type { ServerView } from '#shared/model/view.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { PageCursor, PageRequest } from '../domain/page.ts'
import type { AlertSearching } from './alert-search.ts'

/** Where and as whom. The key lives in memory only, for the life of the connection. */
export type Connection = {
  url: string
  /** Empty when it is not kept any more: then nobody is asked. */
  apiKey: string
  organisation?: string | undefined
  /** PEM text of a private certificate authority, trusted beside the built-in ones. */
  ca?: string | undefined
  /** With the login, where it asks for one. */
  proxy?: string | undefined
}

/** A file to send: opened only when its bytes are wanted, streamed, never held whole. */
export type Upload = { name: string; contentType: string; size: number; open: () => Readable }

/** What one item of a multi-item write came to. */
export type ItemFailure = { data: string; alreadyThere: boolean; message: string }
export type AddedObservables = { added: Observable[]; failed: ItemFailure[] }

/** What travels with a new alert, in the same request where the flavour can (`createWithObservables`). */
export type InlineObservables = {
  values: readonly { value: ObservableValue; marks: ObservableMarks }[]
  files: readonly { file: Upload; marks: ObservableMarks }[]
}

/** What one item of a bulk write came to; no error: it took hold. */
export type ItemResult = { id: string; error?: ErrorData | undefined }

/** Where a server's record of who did what is readable. `at` in ms since the epoch, server time. */
export type AuditEntry = {
  id: string
  action: 'create' | 'update' | 'delete' | 'merge'
  objectType: string
  objectId: string
  by: string
  at: number
  details: Record<string, unknown>
}

/** Something that is not there any more, and the alert or case it belonged to; itself, where it was one. */
export type GoneThing = { id: string; rootId: string }

/** One page of nothing but ids, for the sweep that finds what is no longer there. */
export type IdPage = { ids: string[]; next: PageCursor | undefined }

/** A download as it streams in: bounded by `size` where the server says it, never held whole. */
export type Download = { name: string; contentType: string; size: number | undefined; bytes: Readable }

type Signal = AbortSignal

/** `lagging`: from an index that may be behind what was written a moment ago, so that nothing follows from what it lacks. */
export type AlertsById = { alerts: Alert[]; lagging: boolean }

/** How many things one request can ask the same of, as this flavour, version and user have it. 1: no call for several. */
export type AtOnce = {
  updateAlerts: (change: AlertChange) => number
  deleteAlerts: number
  mergeMany: number
  updateObservables: (change: ObservableChange) => number
}

/** Reading alerts and what hangs on them. */
export interface AlertReading {
  /** A page as it came, up to the size bound: parsed elsewhere by the flavour's page reader, so that no loop waits for JSON. */
  alertPage(request: PageRequest, signal: Signal): Promise<Uint8Array>
  observablePage(request: PageRequest, signal: Signal): Promise<Uint8Array>
  /** Ids only, by creation, oldest first. */
  alertIdPage(request: { cursor: PageCursor | undefined; limit: number }, signal: Signal): Promise<IdPage>
  /** Deletions the server remembers since a moment; undefined where it keeps no readable audit trail. */
  deletedAlerts(since: number, signal: Signal): Promise<AuditEntry[] | undefined>
  /** The same of cases: TheHive 4 frees the alerts of a deleted case without changing their stamps (api.md §8.1). */
  deletedCases(since: number, signal: Signal): Promise<AuditEntry[] | undefined>
  /** Who changed this alert, newest first; undefined where the server does not tell. */
  alertHistory(id: string, signal: Signal): Promise<AuditEntry[] | undefined>
  /** Who deleted this, and when; undefined where the server does not tell, or not any more. `rootId`: the alert or case it is of. */
  deletionOf(gone: GoneThing, signal: Signal): Promise<AuditEntry | undefined>
  /** By id or by `type;source;sourceRef`; undefined when gone or hidden. */
  alert(idOrKey: string, signal: Signal): Promise<Alert | undefined>
  /** One request. What is gone, hidden or unreadable is not among them. */
  alertsById(ids: readonly string[], signal: Signal): Promise<AlertsById>
  observables(alertId: string, signal: Signal): Promise<Observable[]>
  comments(alertId: string, signal: Signal): Promise<Comment[]>
  procedures(alertId: string, signal: Signal): Promise<Procedure[]>
  attachments(alertId: string, signal: Signal): Promise<AlertAttachment[]>
  similarCases(alertId: string, signal: Signal): Promise<SimilarCase[]>
  similarAlerts(alertId: string, signal: Signal): Promise<SimilarAlert[]>
}

/** Writing alerts. What a flavour lacks throws `rejected` without a request; capabilities say so beforehand. */
export interface AlertWriting {
  /** @throws ForagerError `conflict` with `details.twinId` when type, source and sourceRef are taken */
  createAlert(input: AlertInput, inline: InlineObservables, signal: Signal): Promise<Alert>
  updateAlert(id: string, change: AlertChange, signal: Signal): Promise<void>
  /** One request where the flavour has a bulk call, else one each; a result an id, in the order asked. */
  updateAlerts(ids: readonly string[], change: AlertChange, signal: Signal): Promise<ItemResult[]>
  /** Really deletes (v0: forced). Gone already counts as done. */
  deleteAlert(id: string, signal: Signal): Promise<void>
  deleteAlerts(ids: readonly string[], signal: Signal): Promise<ItemResult[]>
  markRead(id: string, read: boolean, signal: Signal): Promise<void>
  follow(id: string, follow: boolean, signal: Signal): Promise<void>
  promote(id: string, choices: PromoteChoices, signal: Signal): Promise<Case>
  merge(alertId: string, caseId: string, signal: Signal): Promise<Case>
  /** One request, at most `mergeLimit` alerts. */
  mergeMany(alertIds: readonly string[], caseId: string, signal: Signal): Promise<Case>
  /** Observables and procedures only; the alert is linked all the same. */
  importInto(alertId: string, caseId: string, signal: Signal): Promise<Case>
  /** What was copied into the case stays there. */
  unlink(alertId: string, caseId: string, signal: Signal): Promise<void>
}

/** Observables of an alert. */
export interface ObservableWriting {
  /** Values of one data type: one request. */
  addValues(
    alertId: string,
    item: { values: readonly ObservableValue[]; marks: ObservableMarks },
    signal: Signal,
  ): Promise<AddedObservables>
  /** `zip`: the server unpacks it into one observable a file. */
  addFile(
    alertId: string,
    item: { file: Upload; marks: ObservableMarks; zip?: { password?: string | undefined } | undefined },
    signal: Signal,
  ): Promise<AddedObservables>
  /** `alertId` because TheHive 3 keeps observables inside their alert. */
  updateObservable(
    target: { alertId: string; id: string },
    change: ObservableChange,
    signal: Signal,
  ): Promise<void>
  updateObservables(
    alertId: string,
    ids: readonly string[],
    change: ObservableChange,
    signal: Signal,
  ): Promise<ItemResult[]>
  deleteObservable(target: { alertId: string; id: string }, signal: Signal): Promise<void>
  /** The file of an observable, as it is or inside a zip protected with TheHive's usual password. */
  download(
    target: { alertId: string; observable: Observable; as: 'file' | 'zip' },
    signal: Signal,
  ): Promise<Download>
}

/** Comments, procedures and attachments of an alert. */
export interface ChildWriting {
  addComment(alertId: string, message: string, signal: Signal): Promise<Comment>
  editComment(id: string, message: string, signal: Signal): Promise<void>
  deleteComment(id: string, signal: Signal): Promise<void>
  addProcedure(alertId: string, input: ProcedureInput, signal: Signal): Promise<Procedure>
  editProcedure(id: string, change: ProcedureChange, signal: Signal): Promise<void>
  deleteProcedure(id: string, signal: Signal): Promise<void>
  addAttachment(alertId: string, file: Upload, signal: Signal): Promise<AlertAttachment>
  deleteAttachment(target: { alertId: string; id: string }, signal: Signal): Promise<void>
  /** Its bytes as they are. */
  downloadAttachment(
    target: { alertId: string; attachment: AlertAttachment },
    signal: Signal,
  ): Promise<Download>
}

/** What happens on the server, told as it happens: no record, nothing of before it was opened, and nothing to rely on. */
export interface Streaming {
  /** Its id. The server forgets a stream that nobody reads for some minutes. */
  openStream(signal: Signal): Promise<string>
  /** Waits until something happens, or for as long as the server lets one wait: true when something did. What it was is not read. */
  streamTold(id: string, signal: Signal): Promise<boolean>
}

export interface Cases {
  cases(request: { limit: number; updatedSince?: number | undefined }, signal: Signal): Promise<Case[]>
  case(idOrNumber: string, signal: Signal): Promise<Case | undefined>
  tasks(caseId: string, signal: Signal): Promise<Task[]>
  createCase(input: CaseInput, signal: Signal): Promise<Case>
  updateCase(id: string, change: CaseChange, signal: Signal): Promise<void>
}

/**
 * TheHive, whichever generation. Every method throws ForagerError (`offline` when no byte of an answer came and the request
 * certainly did not leave, `timeout` when its fate is unknown, `unauthorised`, `forbidden`, `not-found`, `rejected`,
 * `rate-limited`, `server-error`, `unexpected-shape`, `tls`). Writes are never repeated by the adapter.
 */
export interface TheHiveServer
  extends AlertReading, AlertSearching, AlertWriting, ObservableWriting, ChildWriting, Cases, Streaming {
  readonly session: Session
  readonly atOnce: AtOnce
  catalog(signal: Signal): Promise<Catalog>
  /** The views of alerts that the server keeps; none where it keeps none. */
  views(signal: Signal): Promise<ServerView[]>
  /** By how much its clock is ahead of ours, ms; 0 until an answer told. Absent: nothing ever tells. */
  clockAhead?(): number
  close(): Promise<void>
}
