import type { Catalog, CustomFieldDefinition, User } from '#shared/model/catalog.ts'
import { call, readList, readOne } from '../../api.ts'
import * as wire from '../../wire-fields.ts'
import { alertStatuses } from '../alert-status.ts'
import { caseStatuses } from '../case-status.ts'
import { listCaseTemplates } from '../case-templates.ts'
import type { OlderApi } from '../older-api.ts'
import { everything, searchList } from '../search.ts'

/** What the server knows besides alerts; the questions travel side by side. */
export async function readCatalog(api: OlderApi, signal: AbortSignal): Promise<Catalog> {
  const [caseTemplates, customFields, users, types] = await Promise.all([
    listCaseTemplates(api, signal),
    listed(api, 'custom_fields', signal),
    listUsers(api, signal),
    listed(api, 'list_artifactDataType', signal),
  ])
  return {
    alertStatuses,
    caseStatuses,
    caseTemplates,
    customFields: readList(api, customFields, { what: 'custom field', read: readCustomField }),
    users,
    observableTypes: types.filter(isText).map((name) => ({ name, isAttachment: name === 'file' })),
    techniques: [],
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** TheHive 3 keeps what administrators may change in lists: an object of values by ids that mean nothing. */
async function listed(api: OlderApi, name: string, signal: AbortSignal): Promise<unknown[]> {
  const answer = await call(api, { method: 'GET', path: `/api/list/${name}` }, signal)
  return readOne(api, answer, (value) => Object.values(wire.asRow(value, name)))
}

/** Alerts name a field by its reference; the name is for people. */
function readCustomField(value: unknown): CustomFieldDefinition {
  const row = wire.asRow(value, 'custom field')
  const displayName = wire.text(row, 'name')
  const options = wire.list(row, 'options')
  return {
    name: wire.optionalText(row, 'reference') ?? displayName,
    displayName,
    type: wire.text(row, 'type'),
    description: wire.optionalText(row, 'description') ?? '',
    mandatory: wire.flag(row, 'mandatory', false),
    options: options.filter(
      (option) => isText(option) || typeof option === 'number' || typeof option === 'boolean',
    ),
  }
}

async function listUsers(api: OlderApi, signal: AbortSignal): Promise<User[]> {
  const search = { model: 'user', query: everything, range: 'all', sort: ['+name'] }
  const users = await searchList(api, search, readUser, signal)
  return users.filter((user) => user !== undefined)
}

/** Undefined: locked, so nothing can be given to them. */
function readUser(value: unknown): User | undefined {
  const row = wire.asRow(value, 'user')
  if (row['status'] === 'Locked') return undefined
  const login = wire.optionalText(row, 'login') ?? wire.id(row)
  return { login, name: wire.optionalText(row, 'name') ?? login }
}
