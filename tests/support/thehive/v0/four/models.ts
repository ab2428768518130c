import type { Context } from '../../semantics/context.ts'
import { statusOf } from '../../semantics/legacy/four-alerts.ts'
import type { Alert, Case, CaseTemplate, Observable, Task, User } from '../../state/types.ts'
import { auditModel } from '../older-audits.ts'
import * as fields from '../older-fields.ts'
import type { Json } from '../parameters.ts'
import { defineModel, plain, type Model } from '../query/model.ts'
import * as wire from './serialize.ts'

const parentOf = ({ parent }: { parent: Alert | Case }) => ({ type: parent.kind, record: parent })

/** Source: the link is shown, but no question can be asked about it. */
export const alertModel = defineModel<Alert>({
  ...{ type: 'alert', label: 'Alert', equalityOnly: ['status'] },
  rows: ({ space }) => space.alerts.created.rows,
  fields: {
    ...fields.alertFields,
    ...plain<Alert>('pap', 'flag', 'read', 'summary', 'caseTemplate'),
    status: statusOf,
    user: ({ assignee }) => assignee,
    imported: ({ caseId }) => caseId !== undefined,
    importDate: ({ stageDates }) => stageDates.importedDate,
  },
  dynamic: fields.customField,
  children: {
    alert_artifact: ({ observables }) => observables,
    case_artifact: ({ observables }) => observables,
  },
  show: (_, alert) => wire.showAlert(alert),
})

export const caseModel = defineModel<Case>({
  ...{ type: 'case', label: 'Case' },
  rows: ({ space }) => space.cases.created.rows,
  fields: fields.caseFields,
  dynamic: fields.customField,
  children: {
    case_artifact: ({ observables }) => observables,
    case_task: ({ tasks }) => tasks,
    alert: ({ alerts }) => alerts,
  },
  show: (context, record, { stats }) => wire.showCase(context, record, stats),
})

/** Those of cases and of alerts. */
export const observableModel = defineModel<Observable>({
  ...{ type: 'case_artifact', label: 'Observable' },
  rows: ({ space }) => space.observables.created.rows,
  fields: { ...fields.artifactFields, ...plain<Observable>('ignoreSimilarity') },
  parent: parentOf,
  show: (context, observable, { parents }) => {
    const { parent } = observable
    if (parents === 0) return wire.showObservable(observable)
    const shown =
      parent.kind === 'case' ? { case: wire.showCase(context, parent) } : { alert: wire.showAlert(parent) }
    return { ...wire.showObservable(observable), ...shown }
  },
})

export const taskModel = defineModel<Task>({
  ...{ type: 'case_task', label: 'Task' },
  rows: ({ space }) => space.cases.created.rows.flatMap(({ tasks }) => tasks),
  fields: fields.taskFields,
  parent: parentOf,
  show: (context, task, { parents }) => ({
    ...wire.showTask(task),
    case: parents > 0 ? wire.showCase(context, task.parent) : undefined,
  }),
})

export const templateModel = defineModel<CaseTemplate>({
  ...{ type: 'caseTemplate', label: 'CaseTemplate' },
  rows: ({ state }) => state.caseTemplates,
  fields: fields.templateFields,
  show: (_, template) => wire.showTemplate(template),
})

/** Those of the actor's organisation; the platform's administrators see everybody. */
export const userModel = defineModel<User>({
  ...{ type: 'user', label: 'User' },
  rows: ({ state, actor }) =>
    state.users.filter(
      ({ memberships }) =>
        actor.permissions.has('manageOrganisation') ||
        memberships.some(({ organisation }) => organisation === actor.organisation),
    ),
  fields: {
    ...plain<User>('login', 'name', 'locked'),
    status: ({ locked }) => (locked ? 'Locked' : 'Ok'),
  },
  show: ({ state, actor }, user) => wire.showUser(state, user, actor.organisation),
})

/** How a thing looks now, whatever it is. */
export function showObject(context: Context, id: string): Json | undefined {
  const entity = context.state.entities.get(id)
  switch (entity?.kind) {
    case 'alert':
      return wire.showAlert(entity)
    case 'case':
      return wire.showCase(context, entity)
    case 'observable':
      return wire.showObservable(entity)
    case 'task':
      return wire.showTask(entity)
    default:
      return undefined
  }
}

export const models: Readonly<Record<string, Model>> = {
  ...{ alert: alertModel, case: caseModel, case_artifact: observableModel, case_task: taskModel },
  ...{ caseTemplate: templateModel, user: userModel, audit: auditModel(showObject) },
}
