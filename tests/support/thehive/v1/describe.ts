import type { ServerKind } from '../state/server-kind.ts'
import type { HiveState } from '../state/hive-state.ts'
import {
  alertFields,
  alertFieldSince,
  caseFields,
  caseFieldSince,
  observableFields,
} from './entity-fields.ts'
import { papNames, severityNames, tlpNames } from './labels.ts'

const integers = ['number', 'observableCount', 'attachment.size']
const booleans = ['follow', 'flag', 'ioc', 'sighted', 'ignoreSimilarity', 'external']
const sets = ['tags', 'attachment.hashes']

type Attribute = Record<string, unknown>

const attribute = (name: string, type: string, rest: Attribute = {}): Attribute => ({
  ...{ name, type, cardinality: sets.includes(name) ? 'set' : 'single', indexType: 'standard' },
  aggregable: true,
  ...rest,
})

/** A number with named values. */
function enumeration(name: string, first: number, names: readonly string[]): Attribute {
  const values = Array.from({ length: names.length - first }, (_, at) => at + first)
  return attribute(name, 'enumeration', { values, labels: values.map((value) => names[value]) })
}

function attributeOf(name: string, server: ServerKind): Attribute {
  if (name === 'severity') return enumeration(name, 1, severityNames)
  if (name === 'tlp') return enumeration(name, 0, tlpNames(server))
  if (name === 'pap') return enumeration(name, 0, papNames(server))
  if (integers.includes(name)) return attribute(name, 'integer')
  if (booleans.includes(name)) return attribute(name, 'boolean')
  return attribute(name, /(Date|At)$|^date$/.test(name) ? 'date' : 'string')
}

const meta = ['_id', '_createdAt', '_createdBy', '_updatedAt', '_updatedBy']

type Model = { fields: object; since: Record<string, string>; list: string; hasCustomFields: boolean }

const models: Record<string, Model> = {
  alert: { fields: alertFields, since: alertFieldSince, list: 'listAlert', hasCustomFields: true },
  case: { fields: caseFields, since: caseFieldSince, list: 'listCase', hasCustomFields: true },
  observable: {
    fields: observableFields,
    since: { external: '5.6.0' },
    list: 'listObservable',
    hasCustomFields: false,
  },
}

export const modelNames: readonly string[] = Object.keys(models)

/** The filterable fields of a sort of record, custom ones included; undefined for what is not described. */
export function describeModel({ server, customFields }: HiveState, name: string) {
  const model = Object.hasOwn(models, name) ? models[name] : undefined
  if (!model) return undefined
  const fields = Object.keys(model.fields).filter((field) => server.atLeast(model.since[field] ?? '5.0.0'))
  return {
    label: name,
    path: `/${name}`,
    initialQuery: model.list,
    attributes: [
      ...[...meta, ...fields].map((field) => attributeOf(field, server)),
      ...(model.hasCustomFields
        ? customFields.map((field) => attribute(`customFields.${field.name}`, field.type))
        : []),
    ],
  }
}
