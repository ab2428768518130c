import type { Action } from '../../state/action.ts'
import type { App } from '../../state/app.ts'
import { showCaseAlerts } from '../../state/case-alerts.ts'
import { knows, may } from '../../state/permissions.ts'

const caseIdOf = (app: App): string | undefined =>
  app.nav.place.screen === 'cases' ? app.nav.place.caseId : undefined

export const caseActions: readonly Action[] = [
  {
    id: 'case.create',
    title: 'Create a case',
    group: 'Cases',
    keys: ['Shift+C'],
    icon: 'plus',
    offered: (app) => knows(app, 'createCase'),
    enabled: (app) => may(app, 'createCase'),
    run: (app) => app.dialogs.show({ kind: 'create-case' }),
  },
  {
    id: 'case.edit',
    title: 'Edit the case',
    group: 'Cases',
    keys: ['Shift+E'],
    icon: 'pencil',
    offered: (app) => caseIdOf(app) !== undefined,
    enabled: (app) => may(app, 'updateCase'),
    run: (app) => {
      const caseId = caseIdOf(app)
      if (caseId !== undefined) app.dialogs.show({ kind: 'edit-case', caseId })
    },
  },
  {
    id: 'case.alerts',
    title: 'Show the alerts of the case',
    group: 'Cases',
    keys: ['Shift+I'],
    icon: 'inbox',
    offered: (app) => caseIdOf(app) !== undefined,
    enabled: () => true,
    run: (app) => {
      const caseId = caseIdOf(app)
      if (caseId !== undefined) return showCaseAlerts(app, caseId)
    },
  },
]
