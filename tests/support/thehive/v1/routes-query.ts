import { route, type Call, type Route } from '../http/router.ts'
import { json, type Reply } from '../http/reply.ts'
import type { Context } from '../semantics/context.ts'
import { badRequest } from '../state/errors.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity } from './entities.ts'
import { readFields } from './fields-reader.ts'
import { runQuery } from './run-query.ts'
import { withExtraData, type WireCache } from './wire-cache.ts'

/** `POST /api/v1/query`; the `name` of the URL is only a label. */
export function queryRoutes(cache: WireCache): Route[] {
  return [route('POST', '/api/v1/query', (call) => answer(call, cache))]
}

function answer({ context, json: body }: Call, cache: WireCache): Reply {
  const { query, excludeFields = [] } = readFields(body).raw
  if (!Array.isArray(excludeFields)) throw badRequest('excludeFields is a list')
  const result = runQuery(context, query)
  if ('count' in result) return json(200, result.count)
  const excluded = new Set(excludeFields.map(String))
  const texts = result.rows.map((row) =>
    render(context, result.entity, row, { cache, excluded, extra: result.extra }),
  )
  const headers: Record<string, string> = {}
  if (result.total !== undefined) headers['X-Total'] = String(result.total)
  const elementSchema = excluded.size === 0 ? result.entity.schema : undefined
  return { status: 200, headers, body: `[${texts.join(',')}]`, elementSchema }
}

type Wish = { cache: WireCache; excluded: ReadonlySet<string>; extra: readonly string[] }

function render(context: Context, entity: Entity, row: Stamps, { cache, excluded, extra }: Wish): string {
  if (excluded.size === 0 && extra.length === 0) return cache.text(context, entity, row)
  const extraData: Record<string, unknown> = {}
  for (const key of extra) extraData[key] = entity.extra[key]?.(context, row)
  if (excluded.size === 0) return withExtraData(cache.text(context, entity, row), extraData)
  const object = { ...entity.serialize(context, row), extraData }
  return JSON.stringify(Object.fromEntries(Object.entries(object).filter(([key]) => !excluded.has(key))))
}
