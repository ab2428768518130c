import { byRequest } from '../audit/streams.ts'
import { json, plainText } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { notFound } from '../state/errors.ts'
import type { Audit } from '../state/types.ts'
import { serializeStreamItem } from './serialize-audit.ts'

const day = 24 * 60 * 60 * 1000
const usualCount = 10

/** The latest requests of the last day, newest first; `rootId` is an alert's or a case's id, or `any`. */
function flow({ context, query }: Call) {
  const { state, actor } = context
  const root = query.get('rootId') ?? 'any'
  const count = Number(query.get('count') ?? usualCount) || usualCount
  const { created } = state.audits.trail(actor.organisation)
  const recent = created.rows.slice(created.lowerBound(state.clock.now() - day))
  const wanted = recent.filter((audit: Audit) => root === 'any' || audit.root.id === root)
  const groups = byRequest(wanted).reverse().slice(0, count)
  return json(
    200,
    groups.map((group) => serializeStreamItem(state, group)),
  )
}

async function read({ context: { state }, params }: Call) {
  const audits = await state.streams.read(params.streamId ?? '')
  if (!audits) throw notFound(`Stream ${params.streamId} not found`)
  return json(
    200,
    byRequest(audits).map((group) => serializeStreamItem(state, group)),
  )
}

export const streamRoutes: Route[] = [
  route('POST', '/api/v1/stream', ({ context: { state, actor } }) =>
    plainText(200, state.streams.open(actor.organisation)),
  ),
  route('GET', '/api/v1/stream/:streamId', read),
  route('GET', '/api/v1/flow', flow),
]
