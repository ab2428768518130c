import type { CaseTemplate } from '#shared/model/catalog.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { definedOf } from '../../domain/defined-of.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'
import { readCustomFields } from './custom-fields.ts'
import type { OlderApi } from './older-api.ts'
import { everything, searchList } from './search.ts'

export async function listCaseTemplates(api: OlderApi, signal: AbortSignal): Promise<CaseTemplate[]> {
  const search = { model: 'case/template', query: everything, range: 'all', sort: ['+name'] }
  const read = (value: unknown): CaseTemplate | undefined => {
    const row = wire.asRow(value, 'case template')
    return row['status'] === 'Deleted' ? undefined : readTemplate(row, api.scale)
  }
  const templates = await searchList(api, search, read, signal)
  return templates.filter((template) => template !== undefined)
}

function readTemplate(row: Row, scale: TlpScale): CaseTemplate {
  const given = (field: string): boolean => row[field] !== undefined && row[field] !== null
  const name = wire.text(row, 'name')
  return {
    name,
    displayName: wire.optionalText(row, 'displayName') ?? name,
    tags: wire.texts(row, 'tags'),
    customFields: readCustomFields(row),
    taskTitles: wire.list(row, 'tasks').map((task) => wire.text(wire.asRow(task, 'task'), 'title')),
    ...definedOf({
      titlePrefix: wire.optionalText(row, 'titlePrefix'),
      description: wire.optionalText(row, 'description'),
      severity: given('severity') ? wire.severity(row) : undefined,
      tlp: given('tlp') ? wire.tlp(row, scale.fromWire) : undefined,
      pap: given('pap') ? wire.pap(row) : undefined,
    }),
  }
}

/** @throws ForagerError `rejected` when no template is named so: TheHive 3 would make an empty case without a word */
export async function requireTemplate(api: OlderApi, name: string, signal: AbortSignal): Promise<void> {
  const templates = await listCaseTemplates(api, signal)
  if (templates.some((template) => template.name === name)) return
  throw new ForagerError('rejected', `${api.http.host} has no case template "${name}".`, {
    did: 'No case was made.',
    next: 'Choose another template, or none.',
    details: { sent: false },
  })
}
