import { isOfProxy } from '#shared/errors/refusal.ts'
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
export function connectionWords(sync: SyncStatus | undefined, readOnly = false): ConnectionWords {
  if (!sync) return { word: 'Starting', tone: 'quiet' }
  const said = words[sync.connection]
  if (sync.connection === 'offline' && sync.problem?.kind === 'rate-limited')
    return { ...said, word: 'Paused by the server' }
  if (sync.connection !== 'online') return said
  const marks = [...(readOnly ? ['read-only'] : []), ...(sync.metered === true ? ['metered'] : [])]
  if (marks.length === 0) return said
  return { word: ['Online', ...marks].join(', '), tone: readOnly ? 'warn' : 'ok' }
}

/** What happened, for the banner; what Forager does about it stands behind it. */
export function awayWords({ connection, problem }: SyncStatus): string {
  if (connection === 'working-offline') return 'Working offline, as you asked.'
  if (problem?.details?.['organisation'] !== undefined)
    return 'This account works in another organisation now.'
  if (problem?.details?.['tooOld'] !== undefined) return 'This server is too old for Forager.'
  if (connection === 'refused')
    return isOfProxy(problem) ? 'The proxy refuses this account.' : 'The server refuses this account.'
  if (problem?.kind === 'rate-limited') return 'The server asks for a pause.'
  if (problem?.kind === 'server-error') return 'The server is in trouble.'
  if (problem?.kind === 'tls') return 'The connection to the server cannot be trusted.'
  return 'The server cannot be reached.'
}
