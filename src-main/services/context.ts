import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Session } from '#shared/model/session.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { Ours } from '../domain/pending-index.ts'
import type { StoredDetail } from '../store/ports.ts'
import type { OperationBook } from '../sync/operation-book.ts'

/** What a decision may touch. Reads come from snapshots that no writer can delay. */
export type DecisionContext = {
  book: Pick<OperationBook, 'all' | 'resolveId' | 'resolved' | 'append'> & {
    ours: () => Pick<Ours, 'about'>
  }
  session: () => Session
  catalog: () => Catalog
  /** What the analyst has set for this profile. */
  settings: () => Settings
  now: () => number
  newId: () => string
  /** The alert as the screens show it, with all that hangs on it. */
  shown: (alertId: string) => Promise<StoredDetail | undefined>
  shownCase: (id: string) => Promise<Case | undefined>
  alertIdByKey: (key: Pick<Alert, 'type' | 'source' | 'sourceRef'>) => Promise<string | undefined>
  /** Called after something was queued: sync may want to look. */
  queued: () => void
  /** A fold that failed after the decision was durable: reported, never swallowed. */
  foldFailed: (thrown: unknown) => void
}

/** What a use case may touch: it steers what waits as well. */
export type ServiceContext = DecisionContext & { book: OperationBook }
