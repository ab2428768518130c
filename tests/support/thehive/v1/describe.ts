import type { HiveState } from '../state/hive-state.ts'
import { alertFields } from './entity-fields.ts'

const integers = ['severity', 'tlp', 'pap', 'observableCount']

function typeOf(name: string): string {
  if (integers.includes(name)) return 'integer'
  if (name === 'follow') return 'boolean'
  return /(Date|At)$|^date$/.test(name) ? 'date' : 'string'
}

/** The filterable fields of an alert, custom ones included. */
export function describeAlert(state: HiveState) {
  const attribute = (name: string, type: string) => ({
    ...{
      name,
      type,
      cardinality: name === 'tags' ? 'set' : 'single',
      indexType: 'standard',
      aggregable: true,
    },
  })
  const meta = ['_id', '_createdAt', '_createdBy', '_updatedAt', '_updatedBy']
  return {
    label: 'alert',
    path: '/alert',
    initialQuery: 'listAlert',
    attributes: [
      ...[...meta, ...Object.keys(alertFields)].map((name) => attribute(name, typeOf(name))),
      ...state.customFields.map(({ name, type }) => attribute(`customFields.${name}`, type)),
    ],
  }
}
