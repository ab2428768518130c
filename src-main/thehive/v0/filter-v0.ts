import type { Filter } from '#shared/query/filter.ts'
import { askCondition, equals } from '../ask-condition.ts'
import type { Dialect, TextMeaning } from '../ask-condition.ts'
import { atLeast, compileFilter, exactly, oneOf } from '../compile-filter.ts'
import type { Asked, CompiledFilter, WireFilter } from '../compile-filter.ts'
import { tlpScale } from '../scales.ts'
import type { FilterTarget } from '../v1/filter-v1.ts'
import { everything } from './search.ts'

/** The `query` of `/api/alert/_search`, as TheHive 3 or 4 reads it. */
export function compileV0(
  filter: Filter,
  target: FilterTarget & { flavour: 'thehive3' | 'thehive4' },
): CompiledFilter {
  const dialect = target.flavour === 'thehive3' ? three(target) : four(target)
  return compileFilter(filter, dialect.everything, (condition) =>
    askCondition(condition, dialect, target.now),
  )
}

const is = (field: string, value: unknown): WireFilter => ({ [field]: value })
const shared = {
  everything,
  is,
  among: (_field: string, _values: readonly unknown[]): WireFilter => ({ _in: { _field, _values } }),
  // The one spelling that both generations read.
  compare: (op: string, field: string, value: number): WireFilter => ({ [`_${op}`]: { [field]: value } }),
  has: (field: string): WireFilter => ({ _contains: field }),
  stamps: { createdAt: 'createdAt', updatedAt: 'updatedAt' },
  status: (value: string) => exactly(is('status', value)),
  read: { _in: { _field: 'status', _values: ['Ignored', 'Imported'] } },
} as const

const names = {
  ...{ type: 'type', source: 'source', sourceRef: 'sourceRef', tags: 'tags', caseId: 'case' },
  ...{ severity: 'severity', tlp: 'tlp', createdBy: 'createdBy' },
} as const

const ofStatuses = (...values: string[]): WireFilter => equals(shared, 'status', values)

/** TheHive 3: titles and descriptions are searched by words, alerts have no PAP, and both ends of a range are left out. */
function three({ version, customFields }: FilterTarget): Dialect {
  const imported = { _or: [shared.has('case'), ofStatuses('Imported')] }
  const stages: Readonly<Record<string, WireFilter>> = {
    Imported: imported,
    Closed: { _and: [{ _not: shared.has('case') }, ofStatuses('Ignored')] },
    New: { _not: { _or: [imported, ofStatuses('Ignored')] } },
  }
  return {
    ...shared,
    scale: tlpScale(version),
    between: (_field, from, to) => ({ _between: { _field, _from: from - 1, _to: to + 1 } }),
    names: { ...names, caseTemplate: 'caseTemplate' },
    text: textOfThree,
    stage: (value) => exactly(stages[value] ?? { _not: everything }),
    custom: {
      name: (name, type) =>
        `customFields.${name}.${type === 'integer' || type === 'float' ? 'number' : type}`,
      types: customFields ?? new Map(),
    },
  }
}

/** Its wildcards may leave letter case aside or not: at least what starts or ends as written is found. */
function textOfThree({ op, values }: TextMeaning, name: string): Asked {
  if (op === 'eq') return exactly(equals(shared, name, values))
  if (op !== 'startsWith' && op !== 'endsWith') return undefined
  const isPlain = values.every((value) => /^[\w .@:/-]+$/.test(value))
  const wildcard = (value: string): WireFilter => ({
    _wildcard: { _field: name, _value: op === 'startsWith' ? `${value}*` : `*${value}` },
  })
  return isPlain ? oneOf(values.map((value) => atLeast(wildcard(value)))) : undefined
}

/** TheHive 4 over `/api`: its status knows equality alone (api.md §2.5). */
function four({ version, customFields }: FilterTarget): Dialect {
  const stages: Readonly<Record<string, WireFilter>> = {
    ...{ New: ofStatuses('New'), Closed: ofStatuses('Ignored'), Imported: ofStatuses('Imported', 'Updated') },
  }
  return {
    ...shared,
    scale: tlpScale(version),
    between: (_field, _from, to) => ({ _between: { _field, _from, _to: to + 1 } }),
    has: (field) => (field === 'case' ? ofStatuses('Imported', 'Updated') : shared.has(field)),
    names: { ...names, pap: 'pap', title: 'title' },
    text: ({ field, op, values }, name) => {
      if (op === 'eq') return exactly(equals(shared, name, values))
      if (field === 'title' || op === 'contains' || op === 'like') return undefined
      return oneOf(values.map((_value) => exactly({ [`_${op}`]: { _field: name, _value } })))
    },
    stage: (value) => exactly(stages[value] ?? { _not: everything }),
    custom: { name: (name) => `customFields.${name}`, types: customFields ?? new Map() },
  }
}
