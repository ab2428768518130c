import type { IconName } from '../ui/icons/icon-name.ts'
import type { App } from './app.ts'

export const actionGroups = ['Triage', 'Queue', 'Cases', 'Go to', 'Connection', 'Forager'] as const
export type ActionGroup = (typeof actionGroups)[number]

/** One thing the analyst can do: shared by button, palette, key sheet and shortcut. */
export type Action = {
  readonly id: string
  readonly title: string
  /** Where this kind of server calls for other words. */
  readonly titleIn?: (app: App) => string
  readonly group: ActionGroup
  /** Chords; the first is the one shown. */
  readonly keys: readonly string[]
  readonly icon: IconName
  /** False where this kind of server has no such thing: nothing of it is shown. Left out: always there. */
  readonly offered?: (app: App) => boolean
  /** True, or why not, in words. */
  readonly enabled: (app: App) => true | string
  readonly run: (app: App) => void | Promise<void>
}
