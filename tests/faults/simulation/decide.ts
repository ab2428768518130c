import type { AlertChange } from '#shared/model/alert.ts'
import type { CaseChange } from '#shared/model/case.ts'
import type { Decided } from '#shared/contract/alert-calls.ts'
import type { OperationKind } from '#shared/model/operation.ts'
import { createCase, updateCases } from '#main/services/change-cases.ts'
import { createAlert } from '#main/services/create-alert.ts'
import { deleteChildren } from '#main/services/delete-children.ts'
import * as discuss from '#main/services/discuss.ts'
import * as enrich from '#main/services/enrich.ts'
import { importAlerts, mergeAlerts, promoteAlert, unlinkAlert } from '#main/services/import-alerts.ts'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from '#main/services/triage.ts'
import type { AnalystContext } from './analyst/analyst.ts'
import { at } from './attempt.ts'

/** What an analyst could point at just now. */
export type Sight = {
  alerts: readonly string[]
  cases: readonly string[]
  /** Ids of what hangs on an alert, as the analyst sees it. */
  children: (alertId: string) => Record<'observables' | 'comments' | 'procedures' | 'attachments', string[]>
}

type Choice = { pick: number; value: number; sight: Sight; context: AnalystContext; login: string }
type Made = Promise<Decided>

const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const

const nothing = (): Made => Promise.resolve({ groupId: '', count: 0 })

/** The change a value stands for: one field mostly, so that they collide. */
function changeOf(value: number, login: string): AlertChange {
  const changes: readonly AlertChange[] = [
    { severity: ((value % 4) + 1) as 1 | 2 | 3 | 4 },
    { severity: ((value % 3) + 2) as 2 | 3 | 4 },
    { title: `title ${value % 5}` },
    { description: `words ${value % 5}` },
    { addTags: [`tag-${value % 4}`] },
    { removeTags: [`tag-${value % 4}`] },
    { status: (['InProgress', 'FalsePositive', 'New', 'TruePositive'] as const)[value % 4] ?? 'New' },
    { assignee: value % 3 === 0 ? null : login },
    { tlp: value % 2 === 0 ? 'red' : 'green', severity: 3 },
    { customFields: [{ name: `unit-${value % 2}`, type: 'string', value: `v${value % 3}` }] },
  ]
  return at(changes, Math.floor(value / 7)) ?? { severity: 1 }
}

/** The same for a case: what it is called or marked with, and what becomes of it. */
function caseChangeOf(value: number, login: string): CaseChange {
  if (value % 3 === 0) return { addTags: ['c-0'] }
  if (value % 3 === 1) return { title: `case title ${value % 4}` }
  const nth = Math.floor(value / 3)
  const changes: readonly CaseChange[] = [
    { assignee: nth % 2 === 0 ? null : login },
    { status: (['TruePositive', 'InProgress', 'FalsePositive', 'New'] as const)[nth % 4] },
    { severity: ((nth % 4) + 1) as 1 | 2 | 3 | 4, removeTags: ['c-0'] },
    { customFields: [{ name: `unit-${nth % 2}`, type: 'string', value: `v${nth % 3}` }] },
  ]
  return at(changes, Math.floor(nth / 4)) ?? { severity: 1 }
}

/** Makes one decision by the service an analyst's click would call; answers what the service answered. */
export function decide(kind: OperationKind, choice: Choice): Made {
  const { pick, value, sight, context, login } = choice
  const id = at(sight.alerts, pick)
  if (kind === 'case.create')
    return createCase({ input: { ...plainCase, title: `case ${login} ${context.newId()}` } }, context)
  if (kind === 'alert.create') return create(choice)
  if (kind === 'case.update') {
    const caseId = at(sight.cases, pick)
    return caseId === undefined
      ? nothing()
      : updateCases({ ids: [caseId], change: caseChangeOf(value, login) }, context)
  }
  if (id === undefined) return nothing()
  return kind.startsWith('alert.') ? onAlert(kind, id, choice) : onChild(kind, id, choice)
}

const plainCase = { description: '', severity: 2, tlp: 'amber', pap: 'amber', tags: [] as string[] } as const

function create({ value, context, login }: Choice): Made {
  const sourceRef = `ref ${login} ${context.newId()}`
  const words = { type: 'manual', source: 'phone', sourceRef, title: 'A call', description: '' }
  const input = { ...words, severity: 2, tlp: 'amber', pap: 'amber', tags: [], customFields: [] } as const
  const values = value % 3 === 0 ? [{ dataType: 'ip', data: `192.0.2.${value % 9}` }] : []
  const paths = value % 5 === 0 ? [`file ${login} ${context.newId()}`] : []
  return createAlert({ input: { ...input, tags: [], customFields: [] }, values, paths }, context)
}

function onAlert(kind: OperationKind, id: string, { pick, value, sight, context, login }: Choice): Made {
  const caseId = at(sight.cases, value)
  switch (kind) {
    case 'alert.update': {
      const ids = value % 6 === 0 ? sight.alerts.slice(0, 3) : [id]
      return updateAlerts({ ids, change: changeOf(value + pick, login) }, context)
    }
    case 'alert.read':
      return readAlerts({ ids: [id], read: value % 2 === 0 }, context)
    case 'alert.follow':
      return followAlerts({ ids: [id], follow: value % 2 === 0 }, context)
    case 'alert.delete':
      return deleteAlerts({ ids: [id] }, context)
    case 'alert.promote':
      return promoteAlert({ id, choices: {} }, context)
    case 'alert.merge':
      return caseId === undefined ? nothing() : mergeAlerts({ ids: [id], caseId }, context)
    case 'alert.import':
      return caseId === undefined ? nothing() : importAlerts({ ids: [id], caseId }, context)
    case 'alert.unlink':
      return unlinkAlert({ id }, context)
    default:
      return nothing()
  }
}

function onChild(kind: OperationKind, id: string, { value, sight, context, login }: Choice): Made {
  const children = sight.children(id)
  const [observable, comment] = [at(children.observables, value), at(children.comments, value)]
  const [procedureId, attachmentId] = [at(children.procedures, value), at(children.attachments, value)]
  const words = `words ${login} ${value % 7}`
  const remove = (child: string, queue: () => Made) => deleteChildren([child], queue, context)
  switch (kind) {
    case 'observable.add-values': {
      const values = [{ dataType: value % 2 === 0 ? 'ip' : 'domain', data: `192.0.2.${value % 9}` }]
      if (value % 4 === 0) values.push({ dataType: 'hash', data: `hash ${value % 5}` })
      return enrich.addValues({ id, values, marks: { ...marks, tags: [] } }, context)
    }
    case 'observable.add-file': {
      const paths = [`file ${login} ${context.newId()}`]
      return enrich.addFiles({ id, paths, marks: { ...marks, tags: [] } }, context)
    }
    case 'observable.update': {
      const change = value % 2 === 0 ? { ioc: value % 4 === 0 } : { message: `message ${value % 4}` }
      if (observable === undefined) return nothing()
      return enrich.updateObservables({ id, observableIds: [observable], change }, context)
    }
    case 'observable.delete':
      if (observable === undefined) return nothing()
      return remove(observable, () => enrich.deleteObservables({ id, observableIds: [observable] }, context))
    case 'comment.add':
      return discuss.addComment({ id, message: words }, context)
    case 'comment.edit':
      if (comment === undefined) return nothing()
      return discuss.editComment({ id, commentId: comment, message: `${words} again` }, context)
    case 'comment.delete':
      if (comment === undefined) return nothing()
      return remove(comment, () => discuss.deleteComment({ id, commentId: comment }, context))
    case 'procedure.add': {
      const input = { patternId: 'T1566.001', occurDate: 1_000 + (value % 3), description: words }
      return discuss.addProcedure({ id, input: { ...input, tactic: 'initial-access' } }, context)
    }
    case 'procedure.edit':
      if (procedureId === undefined) return nothing()
      return discuss.editProcedure({ id, procedureId, change: { description: `${words} again` } }, context)
    case 'procedure.delete':
      if (procedureId === undefined) return nothing()
      return remove(procedureId, () => discuss.deleteProcedure({ id, procedureId }, context))
    case 'attachment.add':
      return enrich.addAttachments({ id, paths: [`file ${login} ${context.newId()}`] }, context)
    case 'attachment.delete':
      if (attachmentId === undefined) return nothing()
      return remove(attachmentId, () => discuss.deleteAttachment({ id, attachmentId }, context))
    default:
      return nothing()
  }
}
