import type { AlertDraft, AlertPatch } from '../semantics/drafts.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'
import { readProcedureDraft } from './read-children.ts'
import { long, readCustomFields, readMarking, readTagsPatch } from './read-common.ts'
import { readObservableDraft, type FileSource } from './read-observables.ts'

/** Source: the limits of the 5.6.2 and 5.7.3 documents; when the link's was raised is inferred. */
const linkLimit = (server: ServerKind) => ({ max: server.atLeast('5.7.0') ? 4096 : 512 })

/** Alerts have an assignee since 5.2.0. */
const hasAssignee = (server: ServerKind) => server.atLeast('5.2.0')

/** `observables` since 5.0.1, `procedures` since 5.0.3; 5.0.0 called the custom fields `customFieldValue`. */
export function readAlertDraft(body: unknown, source: FileSource): AlertDraft {
  const { server } = source
  const fields = readFields(body)
  const takes = (version: string, key: string) => (server.atLeast(version) ? fields.list(key) : [])
  return {
    ...readReference(fields),
    title: fields.requiredText('title', { max: 512 }),
    description: fields.requiredText('description', long),
    externalLink: fields.text('externalLink', linkLimit(server)),
    ...readMarking(fields, server),
    date: fields.integer('date'),
    tags: fields.tags('tags') ?? [],
    customFields: readCustomFields(fields, server.atLeast('5.0.1') ? 'customFields' : 'customFieldValue'),
    summary: fields.text('summary', long),
    status: fields.text('status', { max: 64 }),
    assignee: hasAssignee(server) ? fields.text('assignee', { max: 128 }) : undefined,
    caseTemplate: fields.text('caseTemplate', { max: 128 }),
    observables: takes('5.0.1', 'observables').map((item) => readObservableDraft(item, source)),
    procedures: takes('5.0.3', 'procedures').map(readProcedureDraft),
  }
}

const readReference = (fields: FieldsReader) => ({
  type: fields.requiredText('type', { max: 32 }),
  source: fields.requiredText('source', { max: 32 }),
  sourceRef: fields.requiredText('sourceRef', { max: 128 }),
})

/** Unknown keys are ignored, as the server does. */
export function readAlertPatch(body: unknown, server: ServerKind): AlertPatch {
  const fields = readFields(body)
  return {
    type: fields.text('type', { max: 32 }),
    source: fields.text('source', { max: 32 }),
    sourceRef: fields.text('sourceRef', { max: 128 }),
    title: fields.text('title', { max: 512 }),
    description: fields.text('description', long),
    externalLink: fields.clearable('externalLink', linkLimit(server)),
    ...readMarking(fields, server),
    date: fields.integer('date'),
    follow: fields.boolean('follow'),
    ...readTagsPatch(fields, server),
    customFields: readCustomFields(fields),
    summary: fields.clearable('summary', long),
    status: fields.text('status', { max: 64 }),
    assignee: hasAssignee(server) ? fields.clearable('assignee', { max: 128 }) : undefined,
  }
}
