import type { ObservablePatchOfFour } from '../../semantics/legacy/four-observables.ts'
import type {
  OlderAlertDraft,
  OlderAlertPatch,
  OlderCaseDraft,
  OlderCasePatch,
} from '../../semantics/legacy/drafts.ts'
import type { CustomFieldInput, ObservableDraft } from '../../semantics/drafts.ts'
import { HiveError } from '../../state/errors.ts'
import { FieldError, readFields, type FieldsReader } from '../fields-reader.ts'
import { readTask } from '../read-cases.ts'
import { long, readCustomFields } from '../read-common.ts'
import { readObservableDraft, type FileSource } from '../read-observables.ts'

/** TheHive 4 has a kind of error of its own for fields, and takes texts of any length. */
export function checked<V>(read: () => V): V {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FieldError)) throw error
    const type = error.isMissing ? 'MissingAttributeError' : 'InvalidFormatAttributeError'
    const errors = [{ name: error.field, type }]
    throw new HiveError(400, 'AttributeCheckingError', error.message, { errors })
  }
}

const any = { min: 0, max: Number.POSITIVE_INFINITY }

/** Source: no range is checked. */
const readMarking = (fields: FieldsReader) => ({
  severity: fields.integer('severity'),
  tlp: fields.integer('tlp'),
  pap: fields.integer('pap'),
})

/** Observables in the body are ignored without a word. */
export const readAlert = (body: unknown): OlderAlertDraft =>
  checked(() => {
    const fields = readFields(body)
    const [type, source, sourceRef, title, description] = (
      ['type', 'source', 'sourceRef', 'title', 'description'] as const
    ).map((key) => fields.requiredText(key, any)) as [string, string, string, string, string]
    return {
      ...{ type, source, sourceRef, title, description },
      externalLink: fields.text('externalLink', any),
      ...readMarking(fields),
      date: fields.integer('date'),
      tags: fields.tags('tags') ?? [],
      flag: fields.boolean('flag'),
      customFields: readCustomFields(fields, 'customFieldValue'),
      caseTemplate: fields.text('caseTemplate', any),
      observables: [],
    }
  })

/** An object is the whole new set; `customFields.<name>` sets one. */
function readCustomFieldsPatch(fields: FieldsReader): CustomFieldInput | undefined {
  const whole = readCustomFields(fields)
  if (whole) return { form: 'list', entries: whole.entries }
  const entries = Object.entries(fields.raw)
    .filter(([key]) => key.startsWith('customFields.'))
    .map(([key, value]) => ({ name: key.slice('customFields.'.length), value }))
  return entries.length === 0 ? undefined : { form: 'object', entries }
}

/** Unknown and read-only keys are ignored. */
export const readAlertPatch = (body: unknown): OlderAlertPatch =>
  checked(() => {
    const fields = readFields(body)
    return {
      type: fields.text('type', any),
      source: fields.text('source', any),
      sourceRef: fields.text('sourceRef', any),
      title: fields.text('title', any),
      description: fields.text('description', any),
      ...readMarking(fields),
      date: fields.integer('date'),
      lastSyncDate: fields.integer('lastSyncDate'),
      tags: fields.tags('tags'),
      flag: fields.boolean('flag'),
      read: fields.boolean('read'),
      follow: fields.boolean('follow'),
      summary: fields.clearable('summary', any),
      customFields: readCustomFieldsPatch(fields),
    }
  })

export const readTemplateName = (body: unknown): string | undefined =>
  checked(() => readFields(body ?? {}).text('caseTemplate', any))

export const readCase = (body: unknown): OlderCaseDraft =>
  checked(() => {
    const fields = readFields(body)
    return {
      title: fields.requiredText('title', any),
      description: fields.requiredText('description', any),
      ...readMarking(fields),
      startDate: fields.integer('startDate'),
      endDate: fields.integer('endDate'),
      tags: fields.tags('tags') ?? [],
      flag: fields.boolean('flag'),
      summary: fields.text('summary', any),
      assignee: fields.text('user', any),
      customFields: readCustomFields(fields, 'customFieldValues'),
      tasks: fields.list('tasks').map(readTask),
    }
  })

export const readCasePatch = (body: unknown): OlderCasePatch =>
  checked(() => {
    const fields = readFields(body)
    return {
      title: fields.text('title', any),
      description: fields.text('description', any),
      ...readMarking(fields),
      startDate: fields.integer('startDate'),
      endDate: fields.integer('endDate'),
      tags: fields.tags('tags'),
      flag: fields.boolean('flag'),
      status: fields.text('status', any),
      summary: fields.clearable('summary', any),
      assignee: fields.clearable('assignee', any),
      impactStatus: fields.clearable('impactStatus', any),
      resolutionStatus: fields.clearable('resolutionStatus', any),
      customFields: readCustomFieldsPatch(fields),
    }
  })

/** `isZip` and `zipPassword` stand beside the observable's fields. */
export const readObservable = (
  body: unknown,
  source: FileSource,
  parts: FileSource['files'],
): ObservableDraft =>
  checked(() => ({ ...readObservableDraft(body, source, parts.get('attachment')), pap: undefined }))

export const readObservablePatch = (body: unknown): ObservablePatchOfFour =>
  checked(() => {
    const fields = readFields(body)
    return {
      dataType: fields.text('dataType', any),
      message: fields.text('message', long),
      tlp: fields.integer('tlp'),
      tags: fields.tags('tags'),
      ioc: fields.boolean('ioc'),
      sighted: fields.boolean('sighted'),
      ignoreSimilarity: fields.boolean('ignoreSimilarity'),
    }
  })
