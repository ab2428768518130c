import { json, plainText, type Reply } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { HiveError, notFound } from '../state/errors.ts'
import { flow, foldAudits, type ShowObject } from './older-audits.ts'

/** A session's length, s; the stand-in's own never end. */
const sessionLength = 3600

async function read(call: Call, showObject: ShowObject): Promise<Reply> {
  const { context, params } = call
  const { streamId = '' } = params
  const isThree = context.server.flavour === 'thehive3'
  if (isThree && !/^[A-Za-z0-9]{20}$/.test(streamId)) return plainText(400, `${streamId} is no stream`)
  const audits = await context.state.streams.read(streamId)
  if (audits) return json(200, foldAudits(context, audits, showObject))
  throw isThree
    ? new HiveError(404, 'StreamNotFound', `Stream ${streamId} does not exist`)
    : notFound(`Stream ${streamId} not found`)
}

/** Long polling, and the latest events. */
export const streamRoutes = (showObject: ShowObject): Route[] => [
  route('POST', '/stream', ({ context }) =>
    plainText(200, context.state.streams.open(context.actor.organisation)),
  ),
  route('GET', '/stream/status', ({ context }) => {
    const unit = context.server.flavour === 'thehive3' ? 1 : 1000
    return json(200, { remaining: sessionLength * unit, warning: false })
  }),
  route('GET', '/stream/:streamId', (call) => read(call, showObject)),
  route('GET', '/flow', ({ context, query }) => {
    // Source: TheHive 4 always answers ten.
    const count = context.server.flavour === 'thehive3' ? Number(query.get('count') ?? 10) : 10
    return json(200, flow(context, query.get('rootId'), count, showObject))
  }),
]
