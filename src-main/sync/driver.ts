import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { TheHiveServer } from '../thehive/port.ts'

/** What moves decisions on and keeps the copy fresh: a server's engine, or a local workspace's own authority. */
export interface Driver {
  status(): SyncStatus
  wake(): void
  /** Brings one alert up to date because somebody looks at it; quiet when offline. */
  lookAt(alertId: string): Promise<void>
  /** The same for a case and its tasks. */
  lookAtCase(caseId: string): Promise<void>
  /** Asks the server something only it can answer. @throws ForagerError `offline` when there is no connection */
  ask<T>(question: (server: TheHiveServer, signal: AbortSignal) => Promise<T>): Promise<T>
  syncNow(): void
  workOffline(offline: boolean): void
  cancelFill(): void
  resumeFill(): void
  close(): Promise<void>
}
