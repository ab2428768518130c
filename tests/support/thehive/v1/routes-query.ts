import { route, type Call, type Route } from '../http/router.ts'
import { json, type Reply } from '../http/reply.ts'
import type { Context } from '../semantics/context.ts'
import { badRequest } from '../state/errors.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity } from './entities.ts'
import { readFields } from './fields-reader.ts'
import type { QueryLanguage } from './query-language.ts'
import { runQuery } from './run-query.ts'
import { createWireCache, withExtraData, type WireCache } from './wire-cache.ts'

/** `POST /api/v1/query`; the `name` of the URL is only a label. `canExclude`: the body may name keys to leave out. */
export function queryRoutes(language: QueryLanguage, { canExclude }: { canExclude: boolean }): Route[] {
  const cache = createWireCache()
  return [
    route('POST', '/api/v1/query', (call) => {
      const { excludeFields = [] } = readFields(call.json).raw
      if (!Array.isArray(excludeFields)) throw badRequest('excludeFields is a list')
      return answer(call, { cache, language, without: new Set(canExclude ? excludeFields.map(String) : []) })
    }),
  ]
}

type Wish = { cache: WireCache; language: QueryLanguage; without: ReadonlySet<string> }

function answer({ context, json: asked }: Call, wish: Wish): Reply {
  const result = runQuery(context, wish.language, readFields(asked).raw.query)
  if ('value' in result) return json(200, result.value)
  const { entity, rows, extra, total } = result
  const texts = rows.map((record) => render(context, entity, { ...wish, record, extra }))
  const headers: Record<string, string> = {}
  if (total !== undefined) headers['X-Total'] = String(total)
  const body = `[${texts.join(',')}]`
  return { status: 200, headers, body, elementSchema: entity.schema, without: wish.without }
}

type Subject = Wish & { record: Stamps; extra: readonly string[] }

function render(context: Context, entity: Entity, subject: Subject): string {
  const { cache, record, extra } = subject
  const text = cache.text(context, entity, subject)
  if (extra.length === 0) return text
  const extraData: Record<string, unknown> = {}
  for (const key of extra) {
    if (Object.hasOwn(entity.extra, key)) extraData[key] = entity.extra[key]?.(context, record)
  }
  return withExtraData(text, extraData)
}
