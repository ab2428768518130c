import type { Action } from '../../state/action.ts'
import { connectionActions, foragerActions } from './forager-actions.ts'
import { goActions } from './go-actions.ts'
import { queueActions } from './queue-actions.ts'
import { triageActions } from './triage-actions.ts'

/** Everything the analyst can do, in the order the palette and the key sheet show it. */
export const allActions: readonly Action[] = [
  ...triageActions,
  ...queueActions,
  ...goActions,
  ...connectionActions,
  ...foragerActions,
]
