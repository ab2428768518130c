import type { FillProgress } from '#shared/model/sync-status.ts'
import type { SyncState } from './sync-state.ts'

/** How far the first copy is, for the screen. */
export function progressOf(
  phase: FillProgress['phase'],
  { rows, total }: Pick<SyncState, 'rows' | 'total'>,
  pace: Pick<FillProgress, 'startedAt' | 'rowsPerSecond'>,
): FillProgress {
  // A count may be short (api.md §6.1): no total is better than a wrong one.
  return { phase, rows, ...pace, ...(total !== undefined && total >= rows && { total }) }
}
