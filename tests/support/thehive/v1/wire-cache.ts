import type { Context } from '../semantics/context.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity } from './entities.ts'

/** JSON of records by revision: a page of a thousand unchanged alerts costs a thousand look-ups. */
export type WireCache = {
  /** `without`: the keys left out, in any order. */
  text: (
    context: Context,
    entity: Entity,
    subject: { record: Stamps; without: ReadonlySet<string> },
  ) => string
}

const emptyExtra = '"extraData":{}}'
/** Clients ask with few different lists of keys; beyond these nothing is remembered. */
const variants = 8

type Known = WeakMap<Stamps, { revision: number; text: string }>

export function createWireCache(): WireCache {
  const byVariant = new Map<string, Known>()
  const knownFor = (variant: string): Known | undefined => {
    const known = byVariant.get(variant)
    if (known || byVariant.size >= variants) return known
    const fresh: Known = new WeakMap()
    byVariant.set(variant, fresh)
    return fresh
  }
  return {
    text: (context, entity, { record, without }) => {
      const known = entity.isCacheable ? knownFor([...without].sort().join()) : undefined
      const cached = known?.get(record)
      if (cached?.revision === record.revision) return cached.text
      const text = write(entity.serialize(context, record), without)
      known?.set(record, { revision: record.revision, text })
      return text
    },
  }
}

function write(object: object, without: ReadonlySet<string>): string {
  if (without.size === 0) return JSON.stringify(object)
  return JSON.stringify(Object.fromEntries(Object.entries(object).filter(([key]) => !without.has(key))))
}

/** `text` with its empty `extraData` filled. */
export function withExtraData(text: string, extra: object): string {
  if (!text.endsWith(emptyExtra)) return text
  return `${text.slice(0, -'{}}'.length)}${JSON.stringify(extra)}}`
}
