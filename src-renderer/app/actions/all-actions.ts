import type { Action } from '../../state/action.ts'
import { alertActions } from './alert-actions.ts'
import { caseActions } from './case-actions.ts'
import { connectionActions, foragerActions } from './forager-actions.ts'
import { goActions } from './go-actions.ts'
import { outboxActions } from './outbox-actions.ts'
import { packActions } from './pack-actions.ts'
import { queueActions } from './queue-actions.ts'
import { sectionActions } from './section-actions.ts'
import { serverActions } from './server-actions.ts'
import { triageActions } from './triage-actions.ts'

/** Everything the analyst can do, in the order the palette and the key sheet show it. */
export const allActions: readonly Action[] = [
  ...triageActions,
  ...sectionActions,
  ...alertActions,
  ...queueActions,
  ...serverActions,
  ...caseActions,
  ...goActions,
  ...packActions,
  ...connectionActions,
  ...outboxActions,
  ...foragerActions,
]
