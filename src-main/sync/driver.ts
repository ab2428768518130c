import type { Attention } from '#shared/model/attention.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { PaceSettings, Presence } from './pace.ts'

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
  /**
   * Runs it while nothing is on its way, and nothing leaves meanwhile. `clockAhead` is by how much the server's clock is ahead of
   * ours, ms; 0 while nothing tells.
   */
  whileStill<T>(work: (clockAhead: number) => T): Promise<T>
  syncNow(): void
  /** The network may be there again, or the machine woke: a reason to look sooner, and no more than that. */
  hint(): void
  /** What the analyst looks at comes first; a window nobody sees is served less often. */
  attend(attention: Attention): void
  power(state: Pick<Presence, 'onBattery'>): void
  /** What the analyst has set about the network, from now on. */
  adopt(settings: PaceSettings): void
  workOffline(offline: boolean): void
  cancelFill(): void
  resumeFill(): void
  /** Nothing is asked of the server any more, and what was is given up; decisions are taken in until it is closed. */
  leave(): void
  close(): Promise<void>
}
