import { badRequest } from '../state/errors.ts'
import type { ServerKind } from '../state/server-kind.ts'
import type { CaseTemplate, CustomFieldDefinition, CustomFieldType, Stage, Stamps } from '../state/types.ts'
import type { CustomFieldInput } from '../semantics/drafts.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'
import { readTask } from './read-cases.ts'
import { long, readCustomFields, readMarking } from './read-common.ts'

type Plain<D> = Omit<D, keyof Stamps | 'kind'>

function requiredOneOf<V extends string>(fields: FieldsReader, key: string, values: readonly V[]): V {
  const found = values.find((value) => value === fields.raw[key])
  if (found === undefined)
    throw badRequest(`Invalid value for field ${key}: one of ${values.join()} is expected`)
  return found
}

/** Hiding came with 5.5.0. */
export function readStatusPatch(fields: FieldsReader, server: ServerKind) {
  const colour = fields.text('colour', { min: 0, max: 7 })
  if (colour !== undefined && !/^(#[0-9a-f]{6})?$/i.test(colour))
    throw badRequest('Invalid value for field colour')
  return {
    order: fields.integer('order'),
    description: fields.text('description', long),
    colour,
    hidden: server.atLeast('5.5.0') ? fields.boolean('hidden') : undefined,
  }
}

export function readNewStatus(body: unknown, server: ServerKind, stages: readonly Stage[]) {
  const fields = readFields(body)
  const { order = 0, colour = '#000000', hidden = false, description } = readStatusPatch(fields, server)
  const stage = requiredOneOf(fields, 'stage', stages)
  return { value: fields.requiredText('value', { max: 64 }), stage, order, colour, hidden, description }
}

const fieldTypes: readonly CustomFieldType[] = ['string', 'integer', 'float', 'boolean', 'date', 'url']

export function readCustomFieldPatch(body: unknown): Partial<Plain<CustomFieldDefinition>> {
  const fields = readFields(body)
  return {
    ...whenGiven('displayName', fields.text('displayName', { max: 64 })),
    ...whenGiven('group', fields.text('group', { max: 64 })),
    ...whenGiven('description', fields.text('description', long)),
    ...(fields.has('type') ? { type: requiredOneOf(fields, 'type', fieldTypes) } : {}),
    ...(fields.has('options') ? { options: fields.list('options') as (string | number)[] } : {}),
    ...whenGiven('mandatory', fields.boolean('mandatory')),
  }
}

export function readNewCustomField(body: unknown): Plain<CustomFieldDefinition> {
  const fields = readFields(body)
  const name = fields.requiredText('name', { max: 64 })
  return {
    ...{ name, displayName: name, options: [], mandatory: false },
    ...readCustomFieldPatch(body),
    group: fields.requiredText('group', { max: 64 }),
    description: fields.requiredText('description', long),
    type: requiredOneOf(fields, 'type', fieldTypes),
  }
}

function whenGiven<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
}

/** A template without its custom fields, whose values need the definitions. */
export type TemplatePatch = Partial<Omit<Plain<CaseTemplate>, 'customFields'>> & {
  fields: CustomFieldInput | undefined
}

export function readTemplatePatch(body: unknown, server: ServerKind): TemplatePatch {
  const fields = readFields(body)
  return {
    ...whenGiven('name', fields.text('name', { max: 128 })),
    ...whenGiven('displayName', fields.text('displayName', { max: 128 })),
    titlePrefix: fields.text('titlePrefix', { min: 0, max: 64 }),
    description: fields.text('description', long),
    ...readMarking(fields, server),
    ...whenGiven('tags', fields.tags('tags')),
    ...whenGiven('flag', fields.boolean('flag')),
    summary: fields.text('summary', long),
    ...(fields.has('tasks') ? { tasks: fields.list('tasks').map(readTask) } : {}),
    fields: readCustomFields(fields),
  }
}

export function readNewTemplate(body: unknown, server: ServerKind) {
  const name = readFields(body).requiredText('name', { max: 128 })
  return { displayName: name, tags: [], flag: false, tasks: [], ...readTemplatePatch(body, server), name }
}

export function readViewPatch(body: unknown) {
  const fields = readFields(body)
  return {
    ...whenGiven('name', fields.text('name', { max: 512 })),
    ...(fields.has('filter') ? { filter: readFields(fields.raw.filter).raw } : {}),
    ...(fields.has('listOptions') ? { listOptions: readFields(fields.raw.listOptions).raw } : {}),
    ...(fields.has('sortList') ? { sortList: fields.list('sortList').map(String) } : {}),
    ...(fields.has('showColumns') ? { showColumns: fields.list('showColumns').map(String) } : {}),
    ...whenGiven('isShared', fields.boolean('isShared')),
  }
}

export function readNewView(body: unknown) {
  const fields = readFields(body)
  const isShared = fields.boolean('isShared')
  if (isShared === undefined) throw badRequest('Field isShared is required')
  return {
    ...readViewPatch(body),
    name: fields.requiredText('name', { max: 512 }),
    entity: fields.requiredText('entity', { max: 64 }),
    filter: readFields(fields.raw.filter).raw,
    listOptions: readFields(fields.raw.listOptions).raw,
    isShared,
  }
}
