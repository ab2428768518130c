import type { Attention } from '#shared/model/attention.ts'
import type { App } from './app.ts'

/** What is in front of the analyst: the other side brings it up to date first, and asks less often while nobody looks. */
export function attentionOf({ nav, queue }: Pick<App, 'nav' | 'queue'>, visible: boolean): Attention {
  const { alertId, caseId, screen } = nav.place
  return {
    visible,
    ...(alertId !== undefined && { alertId }),
    ...(caseId !== undefined && { caseId }),
    ...(screen === 'queue' && { view: { filter: queue.filter, sort: queue.sort } }),
  }
}

const nobodyMinds = () => undefined

/** Hints only: one that is not heard costs a little time. Answers how to stop. */
export function hintAtNetwork(app: Pick<App, 'api' | 'profile'>, window: Window): () => void {
  const online = () => {
    if (app.profile.open?.profile.kind === 'thehive') app.api.call('sync.hint', {}).catch(nobodyMinds)
  }
  window.addEventListener('online', online)
  return () => window.removeEventListener('online', online)
}

export function tellAttention(app: Pick<App, 'api'>, attention: Attention): void {
  app.api.call('sync.attend', attention).catch(nobodyMinds)
}
