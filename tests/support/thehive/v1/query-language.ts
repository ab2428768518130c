import type { Filter } from '../query/filter.ts'
import type { Context } from '../semantics/context.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity, Operands, Step } from './entities.ts'

/** Records of one entity, as an operation finds them. */
export type Found = { entity: Entity; rows: readonly Stamps[] }

/** A start of a query that neither lists nor gets one sort of record: more records, or the answer itself. */
export type Start = (context: Context, operands: Operands) => Found | { value: unknown }

/** What one generation of TheHive understands in `/query`. */
export type QueryLanguage = {
  /** By the name in `listX` and `getX`. */
  entities: Record<string, Entity>
  parseFilter: (source: unknown, context: Context) => Filter
  starts: Record<string, Start>
  /** Steps that every record has. */
  steps: Record<string, Step>
  /** Operations after which nothing follows: the reply is a bare value. */
  ends: Record<string, (context: Context, found: Found, operands: Operands) => unknown>
  /** A sort key as `[name, direction]`; undefined where it makes no sense. */
  readSortKey: (item: unknown) => [string, unknown][] | undefined
  /** The total as the header tells it. */
  total: (count: number) => number
}
