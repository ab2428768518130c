import type { CaseTemplate, Catalog, CustomFieldDefinition, Status, User } from '#shared/model/catalog.ts'
import { call, readList } from '../api.ts'
import { readCustomFields } from './custom-fields.ts'
import { queryList } from './run-query.ts'
import { listTechniques } from './techniques.ts'
import { viewsOrWhyNot } from './views.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'

/** What the server knows besides alerts; the questions travel side by side. */
export async function readCatalog(api: Api, signal: AbortSignal): Promise<Catalog> {
  const [alertStatuses, caseStatuses, definitions, techniques, views] = await Promise.all([
    listed(api, 'listAlertStatus', readStatus, signal),
    listed(api, 'listCaseStatus', readStatus, signal),
    readDefinitions(api, signal),
    listTechniques(api, signal),
    viewsOrWhyNot(api, signal),
  ])
  return {
    alertStatuses: alertStatuses.sort((a, b) => a.order - b.order),
    caseStatuses: caseStatuses.sort((a, b) => a.order - b.order),
    ...definitions,
    techniques,
    ...views,
  }
}

type Definitions = Pick<Catalog, 'caseTemplates' | 'customFields' | 'users' | 'observableTypes'>

/** The part of the catalogue that TheHive 4 keeps in the same form. */
export async function readDefinitions(api: Api, signal: AbortSignal): Promise<Definitions> {
  const [caseTemplates, customFields, users, observableTypes] = await Promise.all([
    listed(api, 'listCaseTemplate', (row) => readTemplate(api, row), signal),
    call(api, { method: 'GET', path: '/api/v1/customField' }, signal),
    listed(api, 'listUser', readUser, signal),
    listed(api, 'listObservableType', readObservableType, signal),
  ])
  return {
    caseTemplates,
    customFields: readList(api, customFields, { what: 'customField', read: readCustomField }),
    users: users.filter(({ locked }) => !locked).map(({ login, name }) => ({ login, name })),
    observableTypes,
  }
}

const listed = <T>(api: Api, start: string, read: (row: unknown) => T, signal: AbortSignal): Promise<T[]> =>
  queryList(api, { label: start, steps: [{ _name: start }], read }, signal)

function readStatus(value: unknown): Status {
  const row = wire.asRow(value, 'status')
  const [colour, description] = [wire.optionalText(row, 'colour'), wire.optionalText(row, 'description')]
  return {
    value: wire.text(row, 'value'),
    stage: wire.stage(row),
    order: wire.optionalNumber(row, 'order') ?? 0,
    hidden: wire.flag(row, 'hidden', false),
    ...(colour !== undefined && { colour }),
    ...(description !== undefined && { description }),
  }
}

function readTemplate(api: Api, value: unknown): CaseTemplate {
  const row = wire.asRow(value, 'case template')
  const [titlePrefix, description] = [
    wire.optionalText(row, 'titlePrefix'),
    wire.optionalText(row, 'description'),
  ]
  const given = (field: string): boolean => row[field] !== undefined && row[field] !== null
  return {
    name: wire.text(row, 'name'),
    displayName: wire.text(row, 'displayName'),
    tags: wire.texts(row, 'tags'),
    customFields: readCustomFields(row),
    taskTitles: wire.list(row, 'tasks').map((task) => wire.text(wire.asRow(task, 'task'), 'title')),
    ...(titlePrefix !== undefined && { titlePrefix }),
    ...(description !== undefined && { description }),
    ...(given('severity') && { severity: wire.severity(row) }),
    ...(given('tlp') && { tlp: wire.tlp(row, api.scale.fromWire) }),
    ...(given('pap') && { pap: wire.pap(row) }),
  }
}

function readCustomField(value: unknown): CustomFieldDefinition {
  const row = wire.asRow(value, 'custom field')
  const name = wire.text(row, 'name')
  return {
    name,
    displayName: wire.optionalText(row, 'displayName') ?? name,
    type: wire.text(row, 'type'),
    description: wire.optionalText(row, 'description') ?? '',
    mandatory: wire.flag(row, 'mandatory', false),
    options: wire.list(row, 'options').filter(isOption),
  }
}

function isOption(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function readUser(value: unknown): User & { locked: boolean } {
  const row = wire.asRow(value, 'user')
  const login = wire.text(row, 'login')
  return { login, name: wire.optionalText(row, 'name') ?? login, locked: wire.flag(row, 'locked', false) }
}

function readObservableType(value: unknown): Catalog['observableTypes'][number] {
  const row = wire.asRow(value, 'observable type')
  return { name: wire.text(row, 'name'), isAttachment: wire.flag(row, 'isAttachment', false) }
}
