import type { Context } from '../semantics/context.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity } from './entities.ts'

/** JSON of records by revision: a page of a thousand unchanged alerts costs a thousand look-ups. */
export type WireCache = { text: (context: Context, entity: Entity, record: Stamps) => string }

const emptyExtra = '"extraData":{}}'

export function createWireCache(): WireCache {
  const known = new WeakMap<Stamps, { revision: number; text: string }>()
  return {
    text: (context, entity, record) => {
      const cached = known.get(record)
      if (cached?.revision === record.revision) return cached.text
      const text = JSON.stringify(entity.serialize(context, record))
      if (isCacheable(entity)) known.set(record, { revision: record.revision, text })
      return text
    },
  }
}

/** A user looks different from each organisation, and a similarity is no record. */
function isCacheable(entity: Entity): boolean {
  return entity.name !== 'User' && entity.name !== 'Similar'
}

/** `text` with its empty `extraData` filled. */
export function withExtraData(text: string, extra: object): string {
  if (!text.endsWith(emptyExtra)) return text
  return `${text.slice(0, -'{}}'.length)}${JSON.stringify(extra)}}`
}
