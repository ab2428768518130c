import { expect, it } from 'vitest'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { createStatusBoard } from '#main/sync/status-board.ts'
import { syncStateOf } from '#main/sync/sync-state.ts'

it('says that the analyst works offline as soon as they do, whatever a round under way finds', () => {
  let offline = false
  const told: SyncStatus[] = []
  const board = createStatusBoard(
    {
      ...{ book: { all: () => [] }, clock: { now: () => 0 } },
      events: { status: (status) => void told.push(status) },
    },
    {
      before: syncStateOf({ fill: 'done', state: {} }),
      ...{ metered: () => false, offline: () => offline },
    },
  )
  board.tell({ connection: 'online' })
  offline = true
  expect(board.now().connection).toBe('working-offline')
  board.tell({ connection: 'online', lastSuccessAt: 9 })
  offline = false
  board.tell({ connection: 'online' })
  expect(told.map(({ connection }) => connection)).toEqual(['online', 'working-offline', 'online'])
})
