import type { OperationBook } from './operation-book.ts'
import type { Clock } from './ports.ts'
import type { PullContext } from './pull-pages.ts'

/** What changed is stored by, and what waits is told of it. */
export type FollowContext = PullContext & { book: Pick<OperationBook, 'noteServerState'> }

/** What finds by, a little each round, what no stamp tells of. */
export type ReconcileContext = FollowContext & {
  clock: Clock
  /** Between requests: something is to be sent or asked, so this can wait for the next round. */
  urgent: () => boolean
}
