import type { Api } from '../state/api-port.ts'
import type { App } from '../state/app.ts'
import { Clock } from '../state/clock.svelte.ts'
import { Decisions } from '../state/decisions.svelte.ts'
import { DetailState } from '../state/detail.svelte.ts'
import { Dialogs } from '../state/dialogs.svelte.ts'
import { Drafts } from '../state/drafts.svelte.ts'
import { Navigation } from '../state/navigation.svelte.ts'
import { Problems } from '../state/problems.svelte.ts'
import { PackState } from '../state/pack.svelte.ts'
import { ProfileState } from '../state/profile.svelte.ts'
import { QueueState } from '../state/queue/queue.svelte.ts'
import { ServerSearch } from '../state/queue/server-search.svelte.ts'
import { SettingsState } from '../state/settings.svelte.ts'
import { Theme } from '../state/theme.svelte.ts'
import { allActions } from './actions/all-actions.ts'

/** The renderer's composition root: everything is made and joined here, by hand. */
export function wire(api: Api): App {
  const problems = new Problems()
  const profile = new ProfileState(api, problems)
  const queue = new QueueState({ api, profile, problems })
  const drafts = new Drafts(api, problems)
  const detail = new DetailState(api, drafts)
  const nav = new Navigation()
  const settings = new SettingsState(api, problems)
  return {
    api,
    problems,
    profile,
    queue,
    serverSearch: new ServerSearch({ api, queue, profile, problems }),
    detail,
    drafts,
    decisions: new Decisions({ api, queue, detail, nav, problems, profile, settings }),
    nav,
    settings,
    pack: new PackState(api, problems),
    dialogs: new Dialogs(),
    clock: new Clock(),
    theme: new Theme(),
    actions: allActions,
    mac: navigator.platform.startsWith('Mac'),
  }
}

/** Starts what listens and ticks. Answers how to stop it all. */
export function startAll(app: App): () => void {
  const stops = [
    app.clock.start(),
    app.theme.start(),
    app.queue.start(),
    app.detail.start(),
    app.drafts.start(window),
    app.pack.start(),
    app.profile.start(),
  ]
  return () => stops.forEach((stop) => stop())
}
