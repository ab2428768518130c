import type { Context } from '../../semantics/context.ts'
import type { OlderAlertDraft, OlderAlertPatch } from '../../semantics/legacy/drafts.ts'
import { isObject, type Json } from '../parameters.ts'
import { fieldsOf, readCustomFieldPatch, readCustomFields } from './fields.ts'
import { readObservable } from './read-observable.ts'

export function readAlertDraft(context: Context, body: Json): OlderAlertDraft {
  const fields = fieldsOf(body)
  const draft = {
    type: fields.required('type'),
    source: fields.required('source'),
    sourceRef: fields.required('sourceRef'),
    title: fields.required('title'),
    description: fields.required('description'),
    externalLink: fields.text('externalLink'),
    severity: fields.number('severity'),
    date: fields.date('date'),
    tags: fields.texts('tags') ?? [],
    flag: fields.flag('flag'),
    tlp: fields.number('tlp'),
    pap: fields.number('pap'),
    caseTemplate: fields.text('caseTemplate'),
    customFields: readCustomFields(body.customFields),
  }
  fields.done()
  const artifacts = Array.isArray(body.artifacts) ? body.artifacts.filter(isObject) : []
  const source = { files: [], inlineFiles: true, prefix: 'artifacts.' }
  return { ...draft, observables: artifacts.map((item) => readObservable(context, item, source)) }
}

/** What is unknown or read-only, the status among it, is passed over in silence. */
export function readAlertPatch(body: Json): OlderAlertPatch {
  const fields = fieldsOf(body)
  const patch = {
    type: fields.text('type'),
    source: fields.text('source'),
    sourceRef: fields.text('sourceRef'),
    title: fields.text('title'),
    description: fields.text('description'),
    severity: fields.number('severity'),
    date: fields.date('date'),
    lastSyncDate: fields.date('lastSyncDate'),
    tags: fields.texts('tags'),
    flag: fields.flag('flag'),
    tlp: fields.number('tlp'),
    pap: fields.number('pap'),
    read: fields.flag('read'),
    follow: fields.flag('follow'),
    summary: fields.clearableText('summary'),
    assignee: fields.clearableText('user'),
    customFields: readCustomFieldPatch(body),
  }
  fields.done()
  return patch
}
