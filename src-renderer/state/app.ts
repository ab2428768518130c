import { createContext } from 'svelte'
import type { Action } from './action.ts'
import type { Api } from './api-port.ts'
import type { Clock } from './clock.svelte.ts'
import type { Decisions } from './decisions.svelte.ts'
import type { DetailState } from './detail.svelte.ts'
import type { Dialogs } from './dialogs.svelte.ts'
import type { Drafts } from './drafts.svelte.ts'
import type { Navigation } from './navigation.svelte.ts'
import { openAlertId } from './open-cursor.ts'
import type { Problems } from './problems.svelte.ts'
import type { PackState } from './pack.svelte.ts'
import type { ProfileState } from './profile.svelte.ts'
import type { QueueState } from './queue/queue.svelte.ts'
import type { ServerSearch } from './queue/server-search.svelte.ts'
import type { SettingsState } from './settings.svelte.ts'
import type { Theme } from './theme.svelte.ts'

/** Everything the screens share, wired once in app/. */
export type App = {
  readonly api: Api
  readonly profile: ProfileState
  readonly queue: QueueState
  readonly serverSearch: ServerSearch
  readonly detail: DetailState
  readonly drafts: Drafts
  readonly decisions: Decisions
  readonly nav: Navigation
  readonly settings: SettingsState
  readonly pack: PackState
  readonly dialogs: Dialogs
  readonly problems: Problems
  readonly clock: Clock
  readonly theme: Theme
  readonly actions: readonly Action[]
  /** True on a Mac: decides what Mod is called. */
  readonly mac: boolean
}

export const [getApp, setApp] = createContext<App>()

/** An action by id. A missing one is a mistake of ours. */
export function actionOf(app: App, id: string): Action {
  const action = app.actions.find((one) => one.id === id)
  if (!action) throw new Error(`No action is called ${id}`)
  return action
}

/** What an action is called here. */
export const titleOf = (app: App, action: Action): string => action.titleIn?.(app) ?? action.title

/** Whether anything of an action is shown here. */
export function isOffered(app: App, action: Action): boolean {
  return action.offered?.(app) ?? true
}

/** Runs an action if it may; a failure goes to the funnel. */
export async function runAction(app: App, action: Action): Promise<void> {
  if (!isOffered(app, action) || action.enabled(app) !== true) return
  try {
    await action.run(app)
  } catch (thrown) {
    app.problems.report(thrown, `${action.title} failed`)
  }
}

/** The alerts an action means: what is chosen, else the open one, else the one under the cursor. */
export async function targetIds(app: App): Promise<string[]> {
  const { queue } = app
  const open = openAlertId(app)
  if (queue.selection.chosen.size === 0 && open !== undefined) return [open]
  return queue.rows.idsOf(queue.targets)
}

export function hasTargets(app: App): boolean {
  return (
    app.nav.place.screen === 'queue' && (app.queue.targets.length > 0 || app.nav.place.alertId !== undefined)
  )
}
