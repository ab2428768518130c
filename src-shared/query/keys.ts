import type { DateField, FlagField, OptionalField, TextField } from './fields.ts'

/** How a key's values are read. `colon` is what `key:value` means. */
export type Key =
  | { kind: 'text'; field: TextField; colon: 'eq' | 'contains'; optional?: OptionalField }
  | { kind: 'stage' | 'severity' | 'tlp' | 'pap' | 'case' | 'has' }
  | { kind: 'number'; field: 'observableCount' }
  | { kind: 'date'; field: DateField }
  | { kind: 'flag'; field: FlagField }
  | { kind: 'custom' }

const text = (field: TextField, colon: 'eq' | 'contains' = 'eq'): Key => ({ kind: 'text', field, colon })
const optional = (field: OptionalField, colon: 'eq' | 'contains' = 'eq'): Key => ({
  kind: 'text',
  field,
  colon,
  optional: field,
})

/** The keys of the text form, as they are printed. `cf.NAME` stands for any custom field. */
export const keys: Readonly<Record<string, Key>> = {
  stage: { kind: 'stage' },
  status: text('status'),
  severity: { kind: 'severity' },
  tlp: { kind: 'tlp' },
  pap: { kind: 'pap' },
  source: text('source'),
  type: text('type'),
  ref: text('sourceRef'),
  title: text('title', 'contains'),
  description: text('description', 'contains'),
  summary: optional('summary', 'contains'),
  link: optional('externalLink', 'contains'),
  template: optional('caseTemplate'),
  tag: optional('tags'),
  assignee: optional('assignee'),
  case: { kind: 'case' },
  by: text('createdBy'),
  obs: text('observable', 'contains'),
  obstype: text('observableType'),
  observables: { kind: 'number', field: 'observableCount' },
  date: { kind: 'date', field: 'date' },
  created: { kind: 'date', field: 'createdAt' },
  updated: { kind: 'date', field: 'updatedAt' },
  read: { kind: 'flag', field: 'read' },
  follow: { kind: 'flag', field: 'follow' },
  gone: { kind: 'flag', field: 'gone' },
  has: { kind: 'has' },
}

/** Other ways to write a key. */
const aliases: Readonly<Record<string, string>> = {
  sourceref: 'ref',
  externallink: 'link',
  casetemplate: 'template',
  tags: 'tag',
  createdby: 'by',
  observable: 'obs',
  datatype: 'obstype',
}

export function keyOf(name: string): Key | undefined {
  const lower = name.toLowerCase()
  if (lower.startsWith('cf.')) return { kind: 'custom' }
  const known = aliases[lower] ?? lower
  return Object.hasOwn(keys, known) ? keys[known] : undefined
}

/** The key that names a field in print. */
export function nameOf(field: string): string {
  if (field === 'caseId' || field === 'caseNumber') return 'case'
  const found = Object.entries(keys).find(
    ([name, key]) => name === field || ('field' in key && key.field === field),
  )
  return found?.[0] ?? field
}
