import type { ChangeWords } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'
import { severityNames, tlpNames } from '#shared/model/scales.ts'

/** What a decision sends, name by name, in words; `before` is what stood there when it was made. */
export function changesOf(operation: Operation): ChangeWords[] {
  const { base } = operation
  const set = (values: object): ChangeWords[] =>
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({
        name: names[name] ?? name,
        ...(name in base && { before: inWords(name, base[name]) }),
        after: inWords(name, value),
      }))
  switch (operation.kind) {
    case 'alert.update':
    case 'case.update': {
      const { change, effect } = operation.payload
      return set({ ...change, ...effect })
    }
    case 'observable.update':
    case 'procedure.edit':
      return set(operation.payload.change)
    case 'alert.promote':
      return set({ ...operation.payload.choices, caseTitle: operation.payload.predicted.title })
    case 'alert.create': {
      const { input, values, files } = operation.payload
      return set({
        ...input,
        values: values.map(({ data }) => data),
        files: files.map((one) => one.attachment.name),
      })
    }
    case 'case.create':
      return set(operation.payload.input)
    default:
      return set(ofChild(operation))
  }
}

function ofChild(operation: Operation): object {
  switch (operation.kind) {
    case 'alert.read':
      return { read: operation.payload.read }
    case 'alert.follow':
      return { follow: operation.payload.follow }
    case 'comment.add':
    case 'comment.edit':
      return { message: operation.payload.message }
    case 'observable.add-values':
      return { values: operation.payload.values.map(({ data }) => data), ...operation.payload.marks }
    case 'observable.add-file':
      return { files: [operation.payload.attachment.name], ...operation.payload.marks }
    case 'attachment.add':
      return { files: [operation.payload.attachment.name], sha256: operation.payload.attachment.sha256 }
    case 'procedure.add':
      return operation.payload.input
    default:
      return {}
  }
}

const names: Record<string, string> = {
  addTags: 'tags added',
  removeTags: 'tags removed',
  customFields: 'custom fields',
  externalLink: 'link',
  caseTemplate: 'template',
  caseTitle: 'case',
  dataType: 'type',
  impactStatus: 'impact',
  ioc: 'IOC',
  tlp: 'TLP',
  pap: 'PAP',
  occurDate: 'when',
  patternId: 'technique',
  sourceRef: 'reference',
  startDate: 'started',
  endDate: 'ended',
}

/** What their number is. */
const moments: readonly string[] = ['date', 'occurDate', 'startDate', 'endDate']

export function inWords(name: string, value: unknown): string {
  if (value === null || value === '') return '(nothing)'
  if (name === 'severity' && (value === 1 || value === 2 || value === 3 || value === 4))
    return severityNames[value]
  if (name === 'tlp' || name === 'pap') return tlpNames[value as keyof typeof tlpNames] ?? String(value)
  if (moments.includes(name) && typeof value === 'number') return new Date(value).toISOString()
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? '(nothing)' : value.map(item).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function item(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, type, value: own } = value as { name?: string; type?: string; value?: unknown }
  if (name === undefined) return JSON.stringify(value)
  return `${name}: ${inWords(type === 'date' ? 'date' : '', own ?? null)}`
}
