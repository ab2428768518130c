import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'

/** What a decision is about, beside its list. Decisions about a case name the case where others name their alert. */
export function openSubject(app: App, { kind, alertId }: OperationView): void {
  app.nav.go(kind.startsWith('case.') ? { screen: 'cases', caseId: alertId } : { screen: 'queue', alertId })
}
