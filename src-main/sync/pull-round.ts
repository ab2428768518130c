import type { FillProgress } from '#shared/model/sync-status.ts'
import type { PageStored } from './pull-pages.ts'
import { firstFill } from './first-fill.ts'
import { followCases } from './follow-cases.ts'
import { followChanges } from './follow-changes.ts'
import type { FollowContext } from './round-context.ts'
import type { OperationBook } from './operation-book.ts'
import type { Clock, SyncEvents } from './ports.ts'
import { syncStateOf } from './sync-state.ts'

export type PullRoundContext = FollowContext & {
  clock: Clock
  /** Between requests: throws where the round is over. */
  mind: () => void
  book: OperationBook
  events: Pick<SyncEvents, 'changed'>
  fill: {
    /** The analyst paused the first copy. */
    paused: () => boolean
    /** Between pages: true ends it for this round. */
    stopped: () => boolean
    /** Between pages: what somebody waits for. */
    breathe: () => Promise<void>
    tell: (fill: FillProgress | undefined) => void
  }
}

/** One pull: cases changed since, then the first copy, or changes since. Answers whether it brought anything that was not known. */
export async function pullRound(context: PullRoundContext): Promise<boolean> {
  const { cache, events, fill } = context
  const marks = await cache.marks()
  const paused = syncStateOf(marks).cancelled && fill.paused()
  const cases = await followCases(context)
  if (cases.length > 0) events.changed([], 0)
  context.mind()
  if (marks.fill !== 'done' && !paused) {
    await copyQueue(context)
    await tidyText(context)
    return true
  }
  if (!paused) fill.tell(undefined)
  const { changed, arrived } = await followChanges(context).catch((thrown: unknown) => {
    // What came before the failure is stored, and the next time it is no news any more.
    events.changed([], 0)
    throw thrown
  })
  const anything = changed.size > 0 || arrived > 0
  if (anything) events.changed([...changed], arrived)
  await tidyText(context)
  return anything || cases.length > 0
}

async function copyQueue(context: PullRoundContext): Promise<void> {
  const { events, fill } = context
  await firstFill({
    ...context,
    progress: (progress, stored?: PageStored) => {
      fill.tell(progress)
      if (stored !== undefined) events.changed([], stored.ingested.arrived)
    },
    stopped: fill.stopped,
    paused: fill.paused,
    breathe: fill.breathe,
  })
  events.changed([], 0)
}

/** What a fill left to be done although everything can be found: it may wait, and so nobody waits for it. */
async function tidyText({ cache, fill }: PullRoundContext): Promise<void> {
  while (!fill.stopped() && (await cache.tidyText())) await fill.breathe()
}
