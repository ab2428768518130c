import type { SyncStatus } from '#shared/model/sync-status.ts'

export type ConnectionWords = { word: string; tone: 'ok' | 'warn' | 'bad' | 'quiet' }

const words: Record<SyncStatus['connection'], ConnectionWords> = {
  connecting: { word: 'Connecting', tone: 'quiet' },
  online: { word: 'Online', tone: 'ok' },
  offline: { word: 'Offline', tone: 'warn' },
  refused: { word: 'Refused', tone: 'bad' },
  'working-offline': { word: 'Working offline', tone: 'warn' },
  local: { word: 'Local workspace', tone: 'ok' },
}

/** The connection as the status line says it. */
export function connectionWords(sync: SyncStatus | undefined): ConnectionWords {
  return sync ? words[sync.connection] : { word: 'Starting', tone: 'quiet' }
}
