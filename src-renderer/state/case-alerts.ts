import type { App } from './app.ts'

/** The queue as the alerts of one case. */
export async function showCaseAlerts(app: App, caseId: string): Promise<void> {
  app.nav.go({ screen: 'queue' })
  app.queue.focus = { on: 'list' }
  await app.queue.setFilter({ op: 'eq', field: 'caseId', value: caseId })
}
