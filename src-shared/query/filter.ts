import { z } from 'zod'
import { papValues, severitySchema, stageSchema, tlpValues } from '../model/scales.ts'
import { dateFields, flagFields, numberFields, optionalFields, textFields } from './fields.ts'
import { momentSchema } from './moment.ts'
import { isNetwork } from './network.ts'

/** Deeper or longer is no question of an analyst's, and SQLite bounds the depth of an expression. */
export const filterLimits = { text: 512, values: 500, conditions: 300, depth: 40 } as const

/** A list has two or more: of one, `eq` says the same. */
const text = z.string().min(1).max(filterLimits.text)
const listOf = <T extends z.ZodType>(item: T) => z.array(item).min(2).max(filterLimits.values)

export const textOperators = ['eq', 'ne', 'contains', 'like', 'startsWith', 'endsWith'] as const
export type TextOperator = (typeof textOperators)[number]
export const orderOperators = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const
export type OrderOperator = (typeof orderOperators)[number]

/**
 * `eq`, `ne`, `in`, `startsWith`, `endsWith` compare as written; `contains` in the form of text search (fold-text.ts);
 * `like` with `*` for anything and letter case aside. An observable's value is always compared in the form of text search.
 */
const textCondition = z.object({ op: z.enum(textOperators), field: z.enum(textFields), value: text })
const textIn = z.object({ op: z.literal('in'), field: z.enum(textFields), values: listOf(text) })
const stageCondition = z.object({
  op: z.enum(['eq', 'ne']),
  field: z.literal('stage'),
  value: stageSchema,
})
const stageIn = z.object({ op: z.literal('in'), field: z.literal('stage'), values: listOf(stageSchema) })
/** A bare word: a substring of title, description, source reference, a tag or an observable; of the title alone below three characters. */
const searchCondition = z.object({ op: z.literal('contains'), field: z.literal('text'), value: text })
const networkCondition = z.object({
  op: z.literal('within'),
  field: z.literal('observable'),
  value: z.string().refine(isNetwork),
})

/** `between` includes both ends. */
function ordered<F extends z.ZodType, V extends z.ZodType>(field: F, value: V) {
  return [
    z.object({ op: z.enum(orderOperators), field, value }),
    z.object({ op: z.literal('between'), field, from: value, to: value }),
    z.object({ op: z.literal('in'), field, values: listOf(value) }),
  ] as const
}

const [severityIs, severityBetween, severityIn] = ordered(z.literal('severity'), severitySchema)
/** Markings by meaning, ordered from clear to red. */
const [tlpIs, tlpBetween, tlpIn] = ordered(z.literal('tlp'), z.enum(tlpValues))
const [papIs, papBetween, papIn] = ordered(z.literal('pap'), z.enum(papValues))
const [numberIs, numberBetween, numberIn] = ordered(
  z.enum(numberFields),
  z.int().min(0).max(1_000_000_000_000),
)
const [dateIs, dateBetween, dateIn] = ordered(z.enum(dateFields), momentSchema)

const flagCondition = z.object({ op: z.literal('eq'), field: z.enum(flagFields), value: z.boolean() })

/** A number also equals text that says the same; a text only equals text. */
const customValue = z.union([text, z.number(), z.boolean(), z.object({ moment: momentSchema })])
const custom = { field: z.literal('customField'), name: z.string().min(1).max(128) }
const customIs = z.object({ op: z.enum(['eq', 'ne']), ...custom, value: customValue })
const customIn = z.object({ op: z.literal('in'), ...custom, values: listOf(customValue) })
const customText = z.object({
  op: z.enum(['contains', 'like', 'startsWith', 'endsWith']),
  ...custom,
  value: text,
})
const customSize = z.union([z.number(), z.object({ moment: momentSchema })])
const customOrder = z.object({ op: z.enum(['gt', 'gte', 'lt', 'lte']), ...custom, value: customSize })
const customBetween = z.object({ op: z.literal('between'), ...custom, from: customSize, to: customSize })

const hasCondition = z.object({ op: z.literal('has'), field: z.enum(optionalFields) })
const customHas = z.object({ op: z.literal('has'), ...custom })

const textConditions = [textCondition, textIn, stageCondition, stageIn] as const
const levelConditions = [severityIs, severityBetween, severityIn, tlpIs, tlpBetween, tlpIn] as const
const countConditions = [papIs, papBetween, papIn, numberIs, numberBetween, numberIn] as const
const dateConditions = [dateIs, dateBetween, dateIn] as const
const orderedConditions = [...levelConditions, ...countConditions, ...dateConditions] as const
const customConditions = [customIs, customIn, customText, customOrder, customBetween] as const
const otherConditions = [searchCondition, networkCondition, flagCondition, hasCondition, customHas] as const

const conditionSchema = z.union([
  ...textConditions,
  ...orderedConditions,
  ...customConditions,
  ...otherConditions,
])

export type TextCondition = z.infer<(typeof textConditions)[number]>
export type OrderedCondition = z.infer<(typeof orderedConditions)[number]>
export type CustomCondition = z.infer<(typeof customConditions)[number]>
export type CustomValue = z.infer<typeof customValue>
/** One statement about an alert. */
export type Condition = z.infer<typeof conditionSchema>

/** What a view shows. Nobody writes groups of one or none; `everything` and `nothing` say those. */
export type Filter =
  Condition | { op: 'any' } | { op: 'and' | 'or'; of: Filter[] } | { op: 'not'; of: Filter }

const nodeSchema: z.ZodType<Filter, Filter> = z.lazy(() =>
  z.union([
    conditionSchema,
    z.object({ op: z.literal('any') }),
    z.object({ op: z.enum(['and', 'or']), of: z.array(nodeSchema).min(2) }),
    z.object({ op: z.literal('not'), of: nodeSchema }),
  ]),
)
export const filterSchema: z.ZodType<Filter, Filter> = nodeSchema.refine(
  (filter) => sizeOf(filter) <= filterLimits.conditions && depthOf(filter) <= filterLimits.depth,
  'The filter is too large',
)

export const everything: Filter = { op: 'any' }
export const nothing: Filter = { op: 'not', of: everything }

export function sizeOf(filter: Filter): number {
  if (filter.op === 'and' || filter.op === 'or') return filter.of.reduce((sum, part) => sum + sizeOf(part), 0)
  return filter.op === 'not' ? sizeOf(filter.of) : 1
}

export function depthOf(filter: Filter): number {
  if (filter.op === 'and' || filter.op === 'or') return 1 + Math.max(...filter.of.map(depthOf))
  return filter.op === 'not' ? 1 + depthOf(filter.of) : 1
}
