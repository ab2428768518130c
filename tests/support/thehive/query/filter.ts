/** TheHive's filters as data; `contains` is a substring, letter case and all. */
export type Comparison =
  'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'startsWith' | 'endsWith' | 'contains' | 'like' | 'match'

export type Filter =
  | { op: 'any' }
  | { op: 'and' | 'or'; of: Filter[] }
  | { op: 'not'; of: Filter }
  | { op: Comparison; field: string; value: unknown }
  | { op: 'between'; field: string; from: unknown; to: unknown }
  | { op: 'in'; field: string; values: readonly unknown[] }
  | { op: 'has'; field: string }
  | { op: 'id'; id: string }
