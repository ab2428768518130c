import type { Context } from '../../semantics/context.ts'
import type { FileInput } from '../../semantics/drafts.ts'
import type { AlertDraftOfThree, AlertPatchOfThree, ArtifactDraft } from '../../semantics/legacy/drafts.ts'
import { encodedFile } from '../encoded-file.ts'
import { isObject, type Json } from '../parameters.ts'
import { alertModel, embeddedModel } from './attribute-models.ts'
import {
  checkCreation,
  checkUpdate,
  missing,
  readOnly,
  unknownAttribute,
  type AttributeError,
} from './attributes.ts'
import { readChanges, readEntries } from './read-fields.ts'

const omit = (body: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
const strings = (value: unknown) => (Array.isArray(value) ? (value as string[]) : undefined)

/** Source: what only the server may say of a new alert is taken out of the request without a word. */
export function readAlertDraft(context: Context, body: Json): AlertDraftOfThree {
  const errors: AttributeError[] = []
  const artifacts = readArtifacts(context, body.artifacts, errors, true)
  const customFields = readEntries(context.state, body.customFields, errors)
  const fields = checkCreation(
    alertModel(context.server),
    omit(body, ['status', 'follow', 'lastSyncDate', 'case']),
    errors,
  )
  const { type, source, sourceRef, title, description } = fields as Record<string, string>
  return {
    ...({ type, source, sourceRef, title, description } as Record<
      'type' | 'source' | 'sourceRef' | 'title' | 'description',
      string
    >),
    id: text(fields._id),
    severity: number(fields.severity),
    tlp: number(fields.tlp),
    date: number(fields.date),
    tags: strings(fields.tags) ?? [],
    caseTemplate: text(fields.caseTemplate),
    ...{ artifacts, customFields },
  }
}

export function readAlertPatch(context: Context, body: Json): AlertPatchOfThree {
  const errors: AttributeError[] = []
  const artifacts = body.artifacts === undefined ? undefined : readArtifacts(context, body.artifacts, errors)
  if (!context.server.atLeast('3.0.10')) errors.push(...fieldsOf(artifacts ?? []).map(readOnly))
  const customFields = readChanges(context.state, body, errors)
  const fields = checkUpdate(alertModel(context.server), body, errors)
  return {
    title: text(fields.title),
    description: text(fields.description),
    severity: number(fields.severity),
    tlp: number(fields.tlp),
    tags: fields.tags === null ? [] : strings(fields.tags),
    lastSyncDate: number(fields.lastSyncDate),
    follow: typeof fields.follow === 'boolean' ? fields.follow : undefined,
    status: text(fields.status),
    caseId: fields.case === null ? null : text(fields.case),
    caseTemplate: fields.caseTemplate === null ? null : text(fields.caseTemplate),
    ...{ artifacts, customFields },
  }
}

/** Source: up to 3.0.9 every field of an alert's artifacts is read-only once it is there. */
const fieldsOf = (drafts: readonly ArtifactDraft[]): string[] =>
  drafts.flatMap(({ fields }) => Object.keys(fields))

/** Source: an artifact without type or content is dropped, and only the server's log would tell. */
function readArtifacts(
  context: Context,
  source: unknown,
  errors: AttributeError[],
  isNew = false,
): ArtifactDraft[] {
  if (!Array.isArray(source)) return []
  return source.filter(isObject).flatMap((item) => {
    const draft = readArtifact(context, item, isNew)
    if (!draft) return []
    checkFields(context, draft.fields, errors)
    return draft
  })
}

/** Source: the text of a file becomes one when its alert is created; an update stores it as the text it is. */
function readArtifact(context: Context, item: Json, isNew: boolean): ArtifactDraft | undefined {
  const { dataType, data, attachment, remoteAttachment, ...rest } = item
  if (typeof dataType !== 'string') return undefined
  if (dataType !== 'file' || (!isNew && typeof data === 'string')) {
    return typeof data === 'string' ? { dataType, data, fields: { dataType, data, ...rest } } : undefined
  }
  const file =
    typeof data === 'string' ? encodedFile(context.state.blobs, data) : knownFile(context, attachment)
  if (file) return { dataType, file, fields: { dataType, ...rest } }
  return isObject(remoteAttachment)
    ? { dataType, fields: { dataType, remoteAttachment, ...rest } }
    : undefined
}

/** A file the server already has, as an alert's own reply names it. */
function knownFile({ state }: Context, attachment: unknown): FileInput | undefined {
  if (!isObject(attachment)) return undefined
  const { id, name, contentType } = attachment
  const blob = state.blobs.find(String(id))
  return blob && { name: String(name), contentType: String(contentType), blob }
}

function checkFields(context: Context, fields: Readonly<Json>, errors: AttributeError[]): void {
  const { attributes } = embeddedModel(context.server)
  for (const [name, value] of Object.entries(fields)) {
    if (!attributes[name]) errors.push(unknownAttribute(`artifacts.${name}`, value))
  }
  // Source: at least one of the two keys must be there.
  if (!('message' in fields) && !('tags' in fields)) errors.push(missing('artifacts.message'))
}
