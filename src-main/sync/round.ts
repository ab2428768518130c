import { toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Attention } from '#shared/model/attention.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { createAttribution } from './attribute-conflicts.ts'
import type { createLooking } from './looking.ts'
import type { OperationBook } from './operation-book.ts'
import { drain } from './outbox-runner.ts'
import type { Clock, Specimens, SyncCache, SyncEvents } from './ports.ts'
import { pullRound } from './pull-round.ts'
import { createReconciler } from './reconcile.ts'
import type { SendGate } from './send-gate.ts'
import type { StatusBoard } from './status-board.ts'
import { createViewFirst } from './watched.ts'
import { createFindingGone } from './what-is-gone.ts'

/** What the analyst wants just now; read anew at each step. */
export type Wishes = { attention: Attention; workOffline: boolean; cancelFill: boolean }

type RoundParts = {
  cache: SyncCache
  book: OperationBook
  specimens: Specimens
  clock: Clock
  events: SyncEvents
  signal: AbortSignal
  board: StatusBoard
  looking: ReturnType<typeof createLooking>
  wishes: Readonly<Wishes>
  gate: SendGate
  /** Whether this is still the server we are connected to. */
  holds: (server: TheHiveServer) => boolean
  /** Whether the server asked to be left in peace: whoever looks may be told so while a round is under way. */
  isPaused: () => boolean
  /** Whether something waits that must not wait for what is merely useful. */
  urgent: () => boolean
}

/** What a round does with the server: pull what is looked at first, send, and keep the copy true. Throws what a server call throws. */
export function createRound(parts: RoundParts) {
  const { cache, book, clock, events, signal, wishes } = parts
  const reconcile = createReconciler()
  const attributeConflicts = createAttribution()
  const findWhatIsGone = createFindingGone()
  const viewFirst = createViewFirst()
  const contextOf = (server: TheHiveServer) => ({
    ...{ server, cache, book, clock, events, signal },
    now: () => clock.now(),
  })

  const stopped = (): boolean => wishes.workOffline || parts.isPaused()

  /** The round is over then. */
  function mindPause(): void {
    if (parts.isPaused()) throw new ForagerError('cancelled', 'The server asked for a pause meanwhile.')
  }

  /** So it is when the analyst works offline: what is on its way ends, and nothing more is asked. */
  function mind(): void {
    if (wishes.workOffline) throw new ForagerError('cancelled', 'The analyst works offline now.')
    mindPause()
  }

  async function send(server: TheHiveServer): Promise<void> {
    const { specimens, gate } = parts
    if (wishes.workOffline || gate.isClosed) return
    mindPause()
    const ended = await gate.pass((abandoned) => {
      const ends = AbortSignal.any([signal, abandoned])
      const context = { server, cache, clock, pending: book, specimens, signal: ends }
      return drain(context, () => gate.isClosed || stopped())
    })
    if (ended.ended === 'connection') throw ended.error
    mindPause()
  }

  async function lookFirst(server: TheHiveServer): Promise<void> {
    const { visible, alertId, caseId } = wishes.attention
    if (visible && alertId !== undefined) await parts.looking.atAlert(alertId)
    if (visible && caseId !== undefined) await parts.looking.atCase(caseId)
    if (!parts.holds(server)) throw new ForagerError('cancelled', 'The connection was lost meanwhile.')
  }

  return {
    /** What the analyst looks at comes first. Answers whether anything came that was not known. */
    async pull(server: TheHiveServer): Promise<boolean> {
      const context = contextOf(server)
      const view = () => viewFirst(wishes.attention.view, context)
      await lookFirst(server)
      mind()
      if ((await cache.marks()).fill !== 'done') await view()
      return pullRound({
        ...context,
        mind,
        fill: {
          paused: () => wishes.cancelFill,
          stopped: () => wishes.cancelFill || wishes.workOffline,
          breathe: async () => {
            await send(server)
            if (!wishes.workOffline) await view()
          },
          tell: (fill) => parts.board.tell({ fill }),
        },
      })
    },

    /** Sends what is due, then learns who stands behind what came into conflict, and what is gone of what was refused. */
    async send(server: TheHiveServer): Promise<void> {
      await send(server)
      await attributeConflicts({ ...contextOf(server), stopped })
      await findWhatIsGone({ ...contextOf(server), pending: book, stopped })
    },

    /** What no stamp tells of, once the copy is complete. */
    async keepTrue(server: TheHiveServer): Promise<void> {
      if (wishes.workOffline || (await cache.marks()).fill !== 'done') return
      mindPause()
      const { urgent } = parts
      const { changed, arrived, problem } = await reconcile({ ...contextOf(server), urgent })
      if (changed.size > 0 || arrived > 0) events.changed([...changed], arrived)
      if (problem !== undefined) parts.board.tell({ problem: toErrorData(problem) })
    },
  }
}
export type Round = ReturnType<typeof createRound>
