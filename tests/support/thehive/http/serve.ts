import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { EventLog, HiveEvent } from '../control/event-log.ts'
import { summarise } from '../control/event-log.ts'
import type { Faults } from '../control/faults.ts'
import type { Validation } from '../openapi/validation.ts'
import type { Context } from '../semantics/context.ts'
import { HiveError } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { Actor } from '../state/types.ts'
import { authenticate } from './authenticate.ts'
import { readBody } from './body.ts'
import { deliver, troubleReply } from './deliver.ts'
import { failure, noRoute, type Reply } from './reply.ts'
import type { Match } from './router.ts'

export type Services = {
  state: () => HiveState
  find: (method: string, path: string) => Match | undefined
  log: EventLog
  faults: Faults
  validation: Validation | undefined
}

/** Handles one request from arrival to reply; never rejects. */
export async function serve(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', 'http://stand-in')
  const event = services.log.open(method, url)
  const fault = services.faults.strike(method, request.url ?? '/')
  event.fault = fault?.action
  try {
    const delay = services.faults.delay()
    if (delay > 0) await wait(delay)
    if (fault?.action === 'hang') return
    if (fault?.action === 'reset-before') return drop(response)
    const troubled = fault?.action === 'status' || fault?.action === 'html' ? fault : undefined
    if (troubled && !troubled.after) {
      request.resume()
      event.status = troubleReply(troubled).status
      return await deliver(response, troubleReply(troubled), undefined)
    }
    const answer = await handle(services, request, url, event)
    if (fault?.action === 'reset-after') return drop(response)
    const reply = troubled ? troubleReply(troubled) : answer
    event.status = reply.status
    await deliver(response, reply, fault)
  } catch (error) {
    // The client went away, or the stand-in is broken: either way the log tells.
    event.crash = error instanceof Error ? error.stack : String(error)
    if (response.headersSent || response.destroyed) response.destroy()
    else response.writeHead(500).end()
  }
}

function drop(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}

async function handle(
  services: Services,
  request: IncomingMessage,
  url: URL,
  event: HiveEvent,
): Promise<Reply> {
  const { validation } = services
  const match = services.find(event.method, url.pathname)
  if (!match) {
    request.resume()
    return noRoute(url.pathname, services.state().server.flavour)
  }
  const reply = await apply(services, { match, request, url, event }).catch((error: unknown) => {
    // What a rule did not foresee is answered as the server does, and shows in the log.
    if (!(error instanceof HiveError)) event.crash = error instanceof Error ? error.stack : String(error)
    request.resume()
    const refusal = error instanceof HiveError ? error : new HiveError(500, 'InternalError', String(error))
    const { flavour } = services.state().server
    const hasReferer = request.headers.referer !== undefined
    return failure(refusal, { flavour, path: url.pathname, hasReferer })
  })
  validation?.response(event, match.route, reply)
  return reply
}

type Matched = { match: Match; request: IncomingMessage; url: URL; event: HiveEvent }

async function apply(services: Services, { match, request, url, event }: Matched): Promise<Reply> {
  const state = services.state()
  const { route, params } = match
  const actor = route.isPublic ? nobody : authenticate(state, request.headers)
  event.user = route.isPublic ? undefined : actor.user.login
  event.organisation = route.isPublic ? undefined : actor.organisation
  const body = await readBody(request, state)
  event.body = summarise(body)
  services.validation?.request(event, route, { body, query: url.searchParams })
  const effect = (key: string) => services.log.effect(event, key)
  const context: Context = {
    server: state.server,
    state,
    space: state.space(actor.organisation),
    actor,
    requestId: randomUUID(),
    effect,
  }
  const { headers } = request
  return route.handle({ ...body, context, params, query: url.searchParams, headers })
}

const nobody: Actor = {
  user: {
    ...{ kind: 'user', id: '~0', revision: 0, createdAt: 0, createdBy: '', login: '', name: '' },
    ...{ apiKey: '', password: '', locked: true, memberships: [] },
  },
  organisation: '',
  profile: '',
  permissions: new Set(),
}
