import type {
  AlertDraft,
  AlertPatch,
  CaseInput,
  CasePatch,
  CustomFieldInput,
  MarkingInput,
  ProcedureDraft,
  TagsPatch,
} from '../semantics/drafts.ts'
import { badRequest } from '../state/errors.ts'
import type { TaskOutline } from '../state/types.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'
import { readObservableDraft, type FileSource } from './read-observables.ts'

/** The limits of TheHive 5.6's input schemas. */
const megabyte = 1_048_576
const long = { min: 0, max: megabyte }

const readMarking = (fields: FieldsReader): MarkingInput => ({
  severity: fields.oneOf('severity', [1, 2, 3, 4]),
  tlp: fields.oneOf('tlp', [0, 1, 2, 3, 4]),
  pap: fields.oneOf('pap', [0, 1, 2, 3]),
})

const readTagsPatch = (fields: FieldsReader): TagsPatch => ({
  tags: fields.tags('tags'),
  addTags: fields.tags('addTags'),
  removeTags: fields.tags('removeTags'),
})

export function readCustomFields(fields: FieldsReader): CustomFieldInput | undefined {
  const value = fields.raw.customFields
  if (value === undefined) return undefined
  if (!Array.isArray(value)) {
    const entries = Object.entries(readFields(value).raw).map(([name, item]) => ({ name, value: item }))
    return { form: 'object', entries }
  }
  const entries = value.map((item) => {
    const entry = readFields(item)
    if (!entry.has('value')) throw badRequest('Field value is required')
    return {
      name: entry.requiredText('name', { max: 64 }),
      value: entry.raw.value,
      order: entry.integer('order'),
    }
  })
  return { form: 'list', entries }
}

export function readAlertDraft(body: unknown, source: FileSource): AlertDraft {
  const fields = readFields(body)
  return {
    type: fields.requiredText('type', { max: 32 }),
    source: fields.requiredText('source', { max: 32 }),
    sourceRef: fields.requiredText('sourceRef', { max: 128 }),
    title: fields.requiredText('title', { max: 512 }),
    description: fields.requiredText('description', long),
    externalLink: fields.text('externalLink', { max: 512 }),
    ...readMarking(fields),
    date: fields.integer('date'),
    tags: fields.tags('tags') ?? [],
    customFields: readCustomFields(fields),
    summary: fields.text('summary', long),
    status: fields.text('status', { max: 64 }),
    assignee: fields.text('assignee', { max: 128 }),
    caseTemplate: fields.text('caseTemplate', { max: 128 }),
    observables: fields.list('observables').map((item) => readObservableDraft(item, source)),
    procedures: fields.list('procedures').map(readProcedureDraft),
  }
}

/** Unknown keys are ignored, as the server does. */
export function readAlertPatch(body: unknown): AlertPatch {
  const fields = readFields(body)
  return {
    type: fields.text('type', { max: 32 }),
    source: fields.text('source', { max: 32 }),
    sourceRef: fields.text('sourceRef', { max: 128 }),
    title: fields.text('title', { max: 512 }),
    description: fields.text('description', long),
    externalLink: fields.clearable('externalLink', { max: 512 }),
    ...readMarking(fields),
    date: fields.integer('date'),
    follow: fields.boolean('follow'),
    ...readTagsPatch(fields),
    customFields: readCustomFields(fields),
    summary: fields.clearable('summary', long),
    status: fields.text('status', { max: 64 }),
    assignee: fields.clearable('assignee', { max: 128 }),
  }
}

export function readCaseInput(body: unknown): CaseInput {
  const fields = readFields(body ?? {})
  return {
    title: fields.text('title', { max: 512 }),
    description: fields.text('description', long),
    ...readMarking(fields),
    startDate: fields.integer('startDate'),
    endDate: fields.integer('endDate'),
    tags: fields.tags('tags'),
    flag: fields.boolean('flag'),
    status: fields.text('status', { max: 64 }),
    summary: fields.text('summary', long),
    assignee: fields.text('assignee', { max: 128 }),
    customFields: readCustomFields(fields),
    caseTemplate: fields.text('caseTemplate', { max: 128 }),
    tasks: fields.list('tasks').map(readTask),
  }
}

/** A case made by hand needs its title and description. */
export function readNewCase(body: unknown): CaseInput {
  const fields = readFields(body)
  fields.requiredText('title', { max: 512 })
  fields.requiredText('description', long)
  return readCaseInput(body)
}

export function readCasePatch(body: unknown): CasePatch {
  const fields = readFields(body)
  const { title, description, severity, tlp, pap, startDate, endDate, flag, status, customFields } =
    readCaseInput({
      ...fields.raw,
      summary: undefined,
      assignee: undefined,
      tasks: undefined,
    })
  return {
    ...{ title, description, severity, tlp, pap, startDate, endDate, flag, status, customFields },
    ...readTagsPatch(fields),
    summary: fields.clearable('summary', long),
    assignee: fields.clearable('assignee', { max: 128 }),
    impactStatus: fields.clearable('impactStatus', { max: 128 }),
  }
}

function readTask(item: unknown): TaskOutline {
  const fields = readFields(item)
  return {
    title: fields.requiredText('title', { max: 128 }),
    group: fields.text('group', { max: 64 }) ?? 'default',
    description: fields.text('description', long),
    mandatory: fields.boolean('mandatory'),
  }
}

export function readProcedureDraft(item: unknown): ProcedureDraft {
  const fields = readFields(item)
  const occurDate = fields.integer('occurDate')
  if (occurDate === undefined) throw badRequest('Field occurDate is required')
  return {
    patternId: fields.requiredText('patternId', { max: 128 }),
    occurDate,
    tactic: fields.text('tactic', { max: 32 }),
    description: fields.text('description', long),
  }
}

export function readComment(body: unknown): { message: string; external: boolean } {
  const fields = readFields(body)
  return { message: fields.requiredText('message', long), external: fields.boolean('external') ?? false }
}

/** A list of ids or name forms under `key`. */
export function readIds(body: unknown, key: string): string[] {
  const ids = readFields(body).list(key)
  if (!ids.every((id) => typeof id === 'string')) throw badRequest(`Invalid value for field ${key}`)
  return ids as string[]
}
