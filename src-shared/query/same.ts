import { conjunctsOf } from './build.ts'
import type { Filter } from './filter.ts'

/** Same filter, whatever order its parts and their values are in. */
export function sameFilter(a: Filter, b: Filter): boolean {
  return canonical(a) === canonical(b)
}

function canonical(filter: Filter): string {
  switch (filter.op) {
    case 'any':
      return ''
    case 'and':
      return `(and ${conjunctsOf(filter).map(canonical).sort().join(' ')})`
    case 'or':
      return `(or ${filter.of.map(canonical).sort().join(' ')})`
    case 'not':
      return `(not ${canonical(filter.of)})`
    case 'in':
      return written({ ...filter, values: filter.values.map((value) => JSON.stringify(value)).sort() })
    default:
      return written(filter)
  }
}

const written = (condition: object): string =>
  JSON.stringify(Object.entries(condition).sort(([a], [b]) => (a < b ? -1 : 1)))
