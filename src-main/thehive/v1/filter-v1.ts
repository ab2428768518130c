import type { Filter } from '#shared/query/filter.ts'
import { askCondition, equals } from '../ask-condition.ts'
import type { Dialect, TextMeaning } from '../ask-condition.ts'
import { atLeast as holdsAtLeast, compileFilter, exactly, oneOf } from '../compile-filter.ts'
import type { Asked, CompiledFilter, WireFilter } from '../compile-filter.ts'
import { tlpScale } from '../scales.ts'
import { atLeast } from '../server-version.ts'

/** `customFields` are the types by name that the catalog knows; without a type, a custom field is looked at locally. */
export type FilterTarget = {
  version: string
  now: number
  customFields?: ReadonlyMap<string, string> | undefined
}

/** The filter of a `/api/v1/query` on alerts; it stands beside `_name` in the step. */
export function compileV1(filter: Filter, target: FilterTarget): CompiledFilter {
  const dialect = atLeast(target.version, '5.0.0') ? five(target) : four(target)
  return compileFilter(filter, dialect.everything, (condition) =>
    askCondition(condition, dialect, target.now),
  )
}

const about = (operator: string) => (_field: string, _value: unknown) => ({ [operator]: { _field, _value } })
const is = about('_is')
const words = {
  everything: { _any: null },
  among: (_field: string, _values: readonly unknown[]): WireFilter => ({ _in: { _field, _values } }),
  compare: (op: string, field: string, value: number): WireFilter => about(`_${op}`)(field, value),
  // From inclusive, to exclusive; asked for whole numbers alone.
  between: (_field: string, _from: number, to: number): WireFilter => ({
    _between: { _field, _from, _to: to + 1 },
  }),
  stamps: { createdAt: '_createdAt', updatedAt: '_updatedAt' },
} as const

/** What both generations can be asked for by these names. */
const names = {
  ...{ type: 'type', source: 'source', sourceRef: 'sourceRef', title: 'title', tags: 'tags' },
  ...{ severity: 'severity', tlp: 'tlp', pap: 'pap', createdBy: '_createdBy' },
} as const

function five({ version, customFields }: FilterTarget): Dialect {
  const eq = about('_eq')
  return {
    ...words,
    is: eq,
    scale: tlpScale(version),
    has: (field) => ({ _has: field }),
    names: {
      ...names,
      ...{ description: 'description', summary: 'summary', externalLink: 'externalLink' },
      ...{ caseId: 'caseId', caseTemplate: 'caseTemplate' },
      ...(atLeast(version, '5.2.0') && { assignee: 'assignee' }),
    },
    text: (meaning, name) => textOfFive(meaning, name),
    stage: (value) => exactly(eq('stage', value)),
    status: (value) => exactly(eq('status', value)),
    read: { _not: eq('stage', 'New') },
    custom: { name: (name) => `customFields.${name}`, types: customFields ?? new Map() },
  }
}

/** Fields indexed by words: a part of a word, or all of the text, may not be found there (api.md §5.4). */
const byWords: ReadonlySet<string> = new Set(['title', 'description', 'summary'])

function textOfFive({ field, op, values }: TextMeaning, name: string): Asked {
  if (op === 'eq') {
    const asked = { is: about('_eq'), among: words.among }
    return field === 'description' || field === 'summary' ? undefined : exactly(equals(asked, name, values))
  }
  if (byWords.has(field) || op === 'contains') return undefined
  if (op === 'like') return oneOf(values.map((value) => like(name, value)))
  return oneOf(values.map((value) => exactly(about(`_${op}`)(name, value))))
}

/** TheHive 5 finds a part wherever it stands, letter case aside. Beyond ASCII nobody says what that means. */
function like(name: string, pattern: string): Asked {
  const pieces = pattern.split('*').filter((piece) => piece !== '')
  const longest = pieces.reduce((most, piece) => (piece.length > most.length ? piece : most), '')
  if (longest === '' || !/^[ -~]+$/.test(longest)) return undefined
  const query = about('_like')(name, `*${longest}*`)
  const isPlain = pattern === `*${longest}*` && !/[?\\]/.test(longest)
  return isPlain ? exactly(query) : holdsAtLeast(query)
}

/** TheHive 4: `_is`, no `_has`, no `_like` that would leave letter case aside. Status and stage are made of two facts (api.md §2.5). */
function four({ version, customFields }: FilterTarget): Dialect {
  const imported = is('imported', true)
  const facts = (inCase: boolean, read: boolean): WireFilter => ({
    _and: [is('imported', inCase), is('read', read)],
  })
  const statuses: Readonly<Record<string, WireFilter>> = {
    ...{ New: facts(false, false), Ignored: facts(false, true) },
    ...{ Imported: facts(true, true), Updated: facts(true, false) },
  }
  const stages: Readonly<Record<string, WireFilter>> = {
    ...{ New: facts(false, false), Closed: facts(false, true), Imported: imported },
  }
  const nothing = { _not: words.everything }
  return {
    ...words,
    is,
    scale: tlpScale(version),
    has: (field) => (field === 'case' ? imported : { _contains: field }),
    names: { ...names, caseId: 'case' },
    text: ({ field, op, values }, name) => {
      if (op === 'eq') return exactly(equals({ is, among: words.among }, name, values))
      if (byWords.has(field) || op === 'contains' || op === 'like') return undefined
      return oneOf(values.map((value) => exactly(about(`_${op}`)(name, value))))
    },
    stage: (value) => exactly(stages[value] ?? nothing),
    status: (value) => exactly(statuses[value] ?? nothing),
    read: is('read', true),
    custom: { name: (name) => `customFields.${name}`, types: customFields ?? new Map() },
  }
}
