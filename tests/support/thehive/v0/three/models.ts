import type { Context } from '../../semantics/context.ts'
import type { Alert, Case, CaseTemplate, Observable, Task, User } from '../../state/types.ts'
import * as fields from '../older-fields.ts'
import { auditModel } from '../older-audits.ts'
import type { Json } from '../parameters.ts'
import { defineModel, plain, type Model } from '../query/model.ts'
import * as wire from './serialize.ts'

const parentOf = ({ parent }: { parent: Alert | Case }) => ({ type: parent.kind, record: parent })

const embedded = fields.within<Alert, Observable>(
  'artifacts',
  (alert) => alert.observables,
  fields.artifactFields,
)

export const alertModel = defineModel<Alert>({
  ...{ type: 'alert', label: 'alert', defaultSort: ['-date'] },
  rows: ({ space }) => space.alerts.created.rows,
  fields: { ...fields.alertFields, ...plain<Alert>('status', 'caseTemplate') },
  dynamic: (name) => fields.customField(name) ?? embedded(name),
  show: (context, alert) => wire.showAlert(context, alert),
})

export const caseModel = defineModel<Case>({
  ...{ type: 'case', label: 'case', defaultSort: ['-startDate'] },
  rows: ({ space }) => space.cases.created.rows,
  fields: fields.caseFields,
  dynamic: fields.customField,
  children: { case_artifact: ({ observables }) => observables, case_task: ({ tasks }) => tasks },
  show: (_, record, { stats }) => wire.showCase(record, stats),
})

/** Those of cases; the ones of alerts are part of their alert. */
export const artifactModel = defineModel<Observable>({
  ...{ type: 'case_artifact', label: 'case_artifact' },
  rows: ({ space }) => space.observables.created.rows.filter(({ parent }) => parent.kind === 'case'),
  fields: { ...fields.artifactFields, status: ({ isDeleted }) => (isDeleted ? 'Deleted' : 'Ok') },
  parent: parentOf,
  show: (_, observable, { parents }) => ({
    ...wire.showArtifact(observable),
    case: parents > 0 ? wire.showCase(observable.parent as Case) : undefined,
  }),
})

export const taskModel = defineModel<Task>({
  ...{ type: 'case_task', label: 'case_task' },
  rows: ({ space }) => space.cases.created.rows.flatMap(({ tasks }) => tasks),
  fields: fields.taskFields,
  parent: parentOf,
  show: (_, task, { parents }) => ({
    ...wire.showTask(task),
    case: parents > 0 ? wire.showCase(task.parent) : undefined,
  }),
})

export const templateModel = defineModel<CaseTemplate>({
  ...{ type: 'caseTemplate', label: 'caseTemplate' },
  rows: ({ state }) => state.caseTemplates,
  fields: { ...fields.templateFields, status: () => 'Ok' },
  show: (_, template) => wire.showTemplate(template),
})

export const userModel = defineModel<User>({
  ...{ type: 'user', label: 'user' },
  rows: ({ state }) => state.users,
  fields: {
    ...plain<User>('login', 'name'),
    status: ({ locked }) => (locked ? 'Locked' : 'Ok'),
  },
  show: ({ state }, user) => wire.showUser(state, user),
})

/** How a thing looks now, whatever it is. */
export function showObject(context: Context, id: string): Json | undefined {
  const entity = context.state.entities.get(id)
  switch (entity?.kind) {
    case 'alert':
      return wire.showAlert(context, entity)
    case 'case':
      return wire.showCase(entity)
    case 'observable':
      return entity.parent.kind === 'case' ? wire.showArtifact(entity) : undefined
    case 'task':
      return wire.showTask(entity)
    default:
      return undefined
  }
}

export const models: Readonly<Record<string, Model>> = {
  ...{ alert: alertModel, case: caseModel, case_artifact: artifactModel, case_task: taskModel },
  ...{ caseTemplate: templateModel, user: userModel, audit: auditModel(showObject) },
}
