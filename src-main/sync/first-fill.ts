import type { FillProgress } from '#shared/model/sync-status.ts'
import { progressOf } from './fill-progress.ts'
import type { OperationBook } from './operation-book.ts'
import type { Clock } from './ports.ts'
import { pullPages } from './pull-pages.ts'
import type { PageStored, PulledEntity, PullContext } from './pull-pages.ts'
import { syncStateOf } from './sync-state.ts'
import type { SyncState } from './sync-state.ts'

/**
 * Rows a page: large enough that a page costs little, small enough that the first screen comes at once. Observables are a
 * third of an alert's size, and the next page can be asked for only when the one before is read: fewer pages wait less.
 */
export const fillPageRows = { alert: 1_000, observable: 3_000 } as const

/** A cursor from here also asks the server to leave out rows that have no such stamp yet. The year 9999, ms. */
const endOfTime = 253_402_300_799_000

export type FillContext = PullContext & {
  clock: Clock
  book: Pick<OperationBook, 'noteServerState'>
  /** Called after every page and step. */
  progress: (fill: FillProgress, stored?: PageStored) => void
  /** Between pages: true ends the fill, to be resumed later. */
  stopped: () => boolean
  /** Whether it is the analyst who paused it: only that outlives the process. */
  paused: () => boolean
  /** Between pages: sends what may be sent, so that decisions do not wait for a long fill. */
  breathe: () => Promise<void>
}

const entities = ['alert', 'observable'] as const
const keyOf = { alert: 'alertsFill', observable: 'observablesFill' } as const
const phaseOf = { alert: 'alerts', observable: 'observables' } as const

/**
 * Copies the queue, newest first, resuming where an earlier try stopped: alerts, then their observables. Indexes and full text are built
 * beside the observables as far as those still to come do not change them, and the rest of them at the end.
 */
export async function firstFill(context: FillContext): Promise<void> {
  const { cache } = context
  const marks = await cache.marks()
  let state: SyncState = { ...syncStateOf(marks), cancelled: false }
  if (marks.fill === 'none') state = await startingState(state, context)
  await cache.beginFill()
  const meter = startMeter(context, state)
  for (const entity of entities) {
    state = await fillEntity(entity, state, context, meter)
    if (!state[keyOf[entity]].finished) break
  }
  await finishIndexes(context, meter, state)
  const left = entities.find((entity) => !state[keyOf[entity]].finished)
  if (left === undefined) {
    await cache.saveMarks({ fill: 'done', state })
    return context.progress(meter('done', state))
  }
  const cancelled = context.paused()
  await cache.saveMarks({ fill: 'filling', state: { ...state, cancelled } })
  context.progress({ ...meter(cancelled ? 'cancelled' : phaseOf[left], state), rowsPerSecond: 0 })
}

/** Changes made while the fill runs are caught afterwards: following starts from the newest stamps of this moment. */
async function startingState(state: SyncState, { server, cache, signal }: FillContext): Promise<SyncState> {
  const newest = async (entity: PulledEntity, field: 'createdAt' | 'updatedAt') => {
    const request = { field, direction: 'desc', cursor: { stamp: endOfTime, skip: 0 }, limit: 1 } as const
    const bytes = await (entity === 'alert'
      ? server.alertPage(request, signal)
      : server.observablePage(request, signal))
    return (await cache.readPage(entity, bytes, request)).newest
  }
  const [alertCreated, alertUpdated] = [
    await newest('alert', 'createdAt'),
    await newest('alert', 'updatedAt'),
  ]
  const started: SyncState = {
    ...state,
    total: await server.countAlerts(signal),
    ...{ alertCreated, alertUpdated, deletionsSeen: Math.max(alertCreated, alertUpdated) },
    observableCreated: await newest('observable', 'createdAt'),
    observableUpdated: await newest('observable', 'updatedAt'),
  }
  await cache.saveMarks({ fill: 'filling', state: started })
  return started
}

type Meter = (phase: FillProgress['phase'], state: SyncState) => FillProgress

function startMeter({ clock }: FillContext, before: SyncState): Meter {
  const startedAt = clock.now()
  return (phase, state) => {
    const seconds = Math.max(0.001, (clock.now() - startedAt) / 1_000)
    const rowsPerSecond = Math.round((state.rows - before.rows) / seconds)
    return progressOf(phase, state, { startedAt, rowsPerSecond })
  }
}

async function fillEntity(
  entity: PulledEntity,
  before: SyncState,
  context: FillContext,
  meter: Meter,
): Promise<SyncState> {
  const key = keyOf[entity]
  if (before[key].finished) return before
  let state = before
  const first = {
    field: 'createdAt',
    direction: 'desc',
    cursor: before[key].cursor,
    limit: fillPageRows[entity],
  } as const
  await pullPages(entity, first, context, async (stored) => {
    const cursor = stored.read.next
    const rows = entity === 'alert' ? stored.read.rows : 0
    state = { ...state, rows: state.rows + rows, [key]: { cursor, finished: cursor === undefined } }
    context.book.noteServerState(stored.ingested.underPending)
    await context.cache.saveMarks({ fill: 'filling', state })
    context.progress(meter(phaseOf[entity], state), stored)
    await context.breathe()
    if (cursor !== undefined) await buildAhead(entity, cursor.stamp, context)
    return context.stopped() ? 'stop' : 'go-on'
  })
  return state
}

/** An observable is never older than its alert: those before `stamp` (ms) belong to alerts before it. */
async function buildAhead(entity: PulledEntity, stamp: number, context: FillContext): Promise<void> {
  const { cache, breathe, stopped } = context
  if (entity === 'alert') return cache.alertsReach(stamp)
  while (!stopped() && (await cache.fillAhead(stamp))) await breathe()
}

async function finishIndexes(context: FillContext, meter: Meter, state: SyncState): Promise<void> {
  for (;;) {
    const { done, phase } = await context.cache.finishFillStep()
    if (done) return
    context.progress(meter(phase, state))
    await context.breathe()
  }
}
