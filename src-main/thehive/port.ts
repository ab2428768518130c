import type { Readable } from 'node:stream'
import type { Alert, AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { Case, PromoteChoices } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { Observable, ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import type { Session } from '#shared/model/session.ts'
import type { PageRequest } from '../domain/page.ts'

/** Where and as whom. The key lives in memory only, for the life of the connection. */
export type Connection = {
  url: string
  apiKey: string
  organisation?: string | undefined
  /** PEM text of a private certificate authority, trusted beside the built-in ones. */
  ca?: string | undefined
  proxy?: string | undefined
}

/** A file to send: opened only when its bytes are wanted, streamed, never held whole. */
export type Upload = { name: string; contentType: string; size: number; open: () => Readable }

/** What one item of a multi-item write came to. */
export type ItemFailure = { data: string; alreadyThere: boolean; message: string }
export type AddedObservables = { added: Observable[]; failed: ItemFailure[] }

/**
 * TheHive, whichever generation. Every method throws ForagerError (`offline` when no byte of an answer came and the request
 * certainly did not leave, `timeout` when its fate is unknown, `unauthorised`, `forbidden`, `not-found`, `rejected`,
 * `rate-limited`, `server-error`, `unexpected-shape`, `tls`). Writes are never repeated by the adapter.
 */
export interface TheHiveServer {
  readonly session: Session
  catalog(signal: AbortSignal): Promise<Catalog>
  /** A page as it came, up to the size bound: parsed elsewhere by the flavour's page reader, so that no loop waits for JSON. */
  alertPage(request: PageRequest, signal: AbortSignal): Promise<Uint8Array>
  observablePage(request: PageRequest, signal: AbortSignal): Promise<Uint8Array>
  cases(request: { limit: number; updatedSince?: number | undefined }, signal: AbortSignal): Promise<Case[]>
  /** How many alerts the server holds; undefined where it cannot say. */
  countAlerts(signal: AbortSignal): Promise<number | undefined>
  /** By id or by `type;source;sourceRef`; undefined when gone or hidden. */
  alert(idOrKey: string, signal: AbortSignal): Promise<Alert | undefined>
  observables(alertId: string, signal: AbortSignal): Promise<Observable[]>
  comments(alertId: string, signal: AbortSignal): Promise<Comment[]>
  case(idOrNumber: string, signal: AbortSignal): Promise<Case | undefined>
  createAlert(input: AlertInput, signal: AbortSignal): Promise<Alert>
  updateAlert(id: string, change: AlertChange, signal: AbortSignal): Promise<void>
  deleteAlert(id: string, signal: AbortSignal): Promise<void>
  promote(id: string, choices: PromoteChoices, signal: AbortSignal): Promise<Case>
  merge(alertId: string, caseId: string, signal: AbortSignal): Promise<Case>
  createCase(
    input: { title: string; description: string; tags: string[] },
    signal: AbortSignal,
  ): Promise<Case>
  /** Values of one data type: one request. */
  addValues(
    alertId: string,
    item: { values: readonly ObservableValue[]; marks: ObservableMarks },
    signal: AbortSignal,
  ): Promise<AddedObservables>
  addFile(
    alertId: string,
    item: { file: Upload; marks: ObservableMarks },
    signal: AbortSignal,
  ): Promise<AddedObservables>
  addComment(alertId: string, message: string, signal: AbortSignal): Promise<Comment>
  close(): Promise<void>
}
