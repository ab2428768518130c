import type { Field } from '../query/compile-filter.ts'
import type { Selection } from '../query/selection.ts'
import type { Context } from '../semantics/context.ts'
import type { Stamps } from '../state/types.ts'
import type { WireObject } from './wire-common.ts'

/** What an operation says beside its name. */
export type Operands = Record<string, unknown>

/** What a step leads to: more records. */
export type Step = {
  to: () => Entity
  rows: (context: Context, rows: readonly Stamps[], operands: Operands) => readonly Stamps[]
  /** The first version that has it. */
  since?: string | undefined
}

/** One kind of record as the query language sees it. */
export type Entity = {
  /** The name TheHive uses in messages, such as `Alert`. */
  name: string
  /** The component of the API document that describes it. */
  schema: string | undefined
  /** Its JSON changes with its revision alone: neither with who asks nor with other records. */
  isCacheable: boolean
  /** A query ends with its rows: no operation may follow. */
  isLast: boolean
  field: (context: Context, name: string) => Field | undefined
  serialize: (context: Context, record: Stamps) => WireObject
  list: ((context: Context) => Selection['source']) | undefined
  get: ((context: Context, idOrName: string) => Stamps | undefined) | undefined
  steps: Record<string, Step>
  extra: Record<string, (context: Context, record: Stamps) => unknown>
}

type StepSpec<R> = {
  to: () => Entity
  rows: (context: Context, row: R, operands: Operands) => readonly Stamps[]
  since?: string
}

type Spec<R extends Stamps> = {
  name: string
  schema?: string
  isCacheable?: boolean
  isLast?: boolean
  fields?: Record<string, (record: R, context: Context) => unknown>
  /** The first versions of fields that came later. */
  fieldSince?: Record<string, string>
  /** Fields whose name carries a parameter, such as `customFields.<name>`. */
  dynamicField?: (name: string) => ((record: R) => unknown) | undefined
  serialize: (context: Context, record: R) => WireObject
  list?: (context: Context) => Selection['source']
  get?: (context: Context, idOrName: string) => R | undefined
  steps?: Record<string, StepSpec<R>>
  extra?: Record<string, (context: Context, record: R) => unknown>
}

const stampFields: Record<string, Field> = {
  _id: (record) => record.id,
  _createdAt: (record) => record.createdAt,
  _createdBy: (record) => record.createdBy,
  _updatedAt: (record) => record.updatedAt,
  _updatedBy: (record) => record.updatedBy,
}

/** Closes a description over its record type; rows of one entity are always of that type. */
export function defineEntity<R extends Stamps>(spec: Spec<R>): Entity {
  const steps: Entity['steps'] = {}
  for (const [name, { to, rows, since }] of Object.entries(spec.steps ?? {})) {
    steps[name] = {
      to,
      since,
      rows: (context, all, operands) => all.flatMap((row) => rows(context, row as R, operands)),
    }
  }
  return {
    name: spec.name,
    schema: spec.schema,
    isCacheable: spec.isCacheable ?? true,
    isLast: spec.isLast ?? false,
    field: (context, name) => {
      const stamp = stampFields[name]
      if (stamp) return stamp
      const since = spec.fieldSince?.[name]
      if (since !== undefined && !context.server.atLeast(since)) return undefined
      const own = spec.fields?.[name]
      if (own) return (record) => own(record as R, context)
      const dynamic = spec.dynamicField?.(name)
      return dynamic && ((record) => dynamic(record as R))
    },
    serialize: (context, record) => spec.serialize(context, record as R),
    list: spec.list,
    get: spec.get,
    steps,
    extra: (spec.extra ?? {}) as Entity['extra'],
  }
}
