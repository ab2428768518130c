import type { OlderCaseDraft, OlderCasePatch } from '../../semantics/legacy/drafts.ts'
import { caseStatuses } from '../../semantics/legacy/four-cases.ts'
import { impacts, resolutions } from '../../semantics/legacy/three-cases.ts'
import { notFound } from '../../state/errors.ts'
import type { TaskOutline } from '../../state/types.ts'
import { isObject, type Json } from '../parameters.ts'
import { attributeError, fieldsOf, readCustomFieldPatch, readCustomFields } from './fields.ts'

const isOf = (list: readonly string[], value: string) => list.includes(value)

function checkStatus(status: string | undefined): void {
  if (status === undefined || isOf(caseStatuses, status)) return
  throw attributeError([
    { name: 'status', type: 'InvalidFormatAttributeError', format: 'CaseStatus', field: status },
  ])
}

export function readCaseDraft(body: Json): OlderCaseDraft {
  const fields = fieldsOf(body)
  const draft = {
    title: fields.required('title'),
    description: fields.required('description'),
    severity: fields.number('severity'),
    startDate: fields.date('startDate'),
    endDate: fields.date('endDate'),
    tags: fields.texts('tags') ?? [],
    flag: fields.flag('flag'),
    tlp: fields.number('tlp'),
    pap: fields.number('pap'),
    status: fields.text('status'),
    summary: fields.text('summary'),
    assignee: fields.text('user'),
    customFields: readCustomFields(body.customFields),
  }
  fields.done()
  checkStatus(draft.status)
  const tasks = Array.isArray(body.tasks) ? body.tasks.filter(isObject) : []
  return { ...draft, tasks: tasks.map(readTask) }
}

function readTask(task: Json): TaskOutline {
  const fields = fieldsOf(task, 'tasks.')
  const outline = {
    title: fields.required('title'),
    group: fields.text('group') ?? 'default',
    description: fields.text('description'),
    status: fields.text('status'),
    flag: fields.flag('flag'),
    assignee: fields.text('owner'),
  }
  fields.done()
  return outline
}

export function readCasePatch(body: Json): OlderCasePatch {
  const fields = fieldsOf(body)
  const patch = {
    title: fields.text('title'),
    description: fields.text('description'),
    severity: fields.number('severity'),
    startDate: fields.date('startDate'),
    endDate: fields.clearableDate('endDate'),
    tags: fields.texts('tags'),
    flag: fields.flag('flag'),
    tlp: fields.number('tlp'),
    pap: fields.number('pap'),
    status: fields.text('status'),
    summary: fields.clearableText('summary'),
    assignee: fields.clearableText('owner'),
    resolutionStatus: fields.clearableText('resolutionStatus'),
    impactStatus: fields.clearableText('impactStatus'),
    customFields: readCustomFieldPatch(body),
  }
  fields.done()
  checkStatus(patch.status)
  const { resolutionStatus, impactStatus } = patch
  if (resolutionStatus && !isOf(resolutions, resolutionStatus)) {
    throw notFound(`ResolutionStatus ${resolutionStatus} not found`)
  }
  if (impactStatus && !isOf(impacts, impactStatus)) throw notFound(`ImpactStatus ${impactStatus} not found`)
  return patch
}
