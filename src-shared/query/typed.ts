import type { Filter } from './filter.ts'
import type { Comparison, Value } from './tokens.ts'

/** Who `me` is. Without it `assignee:me` is a problem, never a guess. */
export type ParseContext = { me?: string | undefined }
/** A filter, or why there is none. */
export type Outcome = { filter?: Filter; reason?: string }
/** One condition as it was written. */
export type Typed = { key: string; comparison: Comparison; values: readonly Value[] }
