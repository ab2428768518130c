import type { Context } from '../../semantics/context.ts'
import type { Stamps } from '../../state/types.ts'
import type { Json } from '../parameters.ts'

export type Getter = (record: Stamps) => unknown

/** What a caller may ask to be shown besides: parents to that depth, statistics. */
export type Extras = { parents: number; stats: boolean }

/** One kind of record as `_search` and `_stats` see it. */
export type Model = {
  /** Its name in `_type`, such as `case_artifact`. */
  type: string
  /** Its name in TheHive 4's messages, such as `Alert`. */
  label: string
  rows: (context: Context) => readonly Stamps[]
  field: (context: Context, name: string) => Getter | undefined
  /** Fields that only know equality; any other question about them finds nothing. */
  equalityOnly: ReadonlySet<string>
  /** Which record of `type` this one belongs to. */
  parent: ((record: Stamps) => Related | undefined) | undefined
  children: Readonly<Record<string, (record: Stamps) => readonly Stamps[]>>
  defaultSort: readonly string[]
  show: (context: Context, record: Stamps, extras: Extras) => Json
}

export type Related = { type: string; record: Stamps }

type Fields<R> = Readonly<Record<string, (record: R, context: Context) => unknown>>

type Spec<R extends Stamps> = {
  type: string
  label: string
  rows: (context: Context) => readonly R[]
  fields: Fields<R>
  /** Fields whose name carries a parameter, such as `customFields.<name>`. */
  dynamic?: (name: string) => ((record: R) => unknown) | undefined
  equalityOnly?: readonly string[]
  parent?: (record: R) => Related | undefined
  children?: Readonly<Record<string, (record: R) => readonly Stamps[]>>
  defaultSort?: readonly string[]
  show: (context: Context, record: R, extras: Extras) => Json
}

const stamps: Readonly<Record<string, Getter>> = {
  ...{ _id: (record) => record.id, id: (record) => record.id },
  ...{ createdAt: (record) => record.createdAt, _createdAt: (record) => record.createdAt },
  ...{ createdBy: (record) => record.createdBy, _createdBy: (record) => record.createdBy },
  ...{ updatedAt: (record) => record.updatedAt, _updatedAt: (record) => record.updatedAt },
  ...{ updatedBy: (record) => record.updatedBy, _updatedBy: (record) => record.updatedBy },
}

/** Closes a description over its record type: the rows of a model are always of that type. */
export function defineModel<R extends Stamps>(spec: Spec<R>): Model {
  return {
    type: spec.type,
    label: spec.label,
    rows: spec.rows,
    field: (context, name) => {
      const own = spec.fields[name]
      if (own) return (record) => own(record as R, context)
      const dynamic = spec.dynamic?.(name)
      return dynamic ? (record) => dynamic(record as R) : stamps[name]
    },
    equalityOnly: new Set(spec.equalityOnly),
    parent: spec.parent && ((record) => spec.parent?.(record as R)),
    children: (spec.children ?? {}) as Model['children'],
    defaultSort: spec.defaultSort ?? [],
    show: (context, record, extras) => spec.show(context, record as R, extras),
  }
}

/** Each name reads the record's own key of that name. */
export function plain<R extends object>(...keys: (keyof R & string)[]): Fields<R> {
  return Object.fromEntries(keys.map((key) => [key, (record: R) => record[key]]))
}
