import { actorFor, userByPassword } from '../http/authenticate.ts'
import { json, type Reply } from '../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../http/router.ts'
import { closeSession, openSession } from '../http/session.ts'
import type { HiveState } from '../state/hive-state.ts'
import { HiveError, unauthenticated } from '../state/errors.ts'
import type { Actor, User } from '../state/types.ts'
import { parametersOf, type Json } from './parameters.ts'

type ShowMember = (state: HiveState, user: User, actor: Actor) => Json

function login(call: Call, show: ShowMember): Reply {
  const { state } = call.context
  const { user: name, password, organisation } = parametersOf(call)
  const user = userByPassword(state, String(name), String(password))
  if (!user) throw unauthenticated()
  if (user.locked) throw new HiveError(403, 'AuthorizationError', 'Your account is locked')
  const actor = actorFor(state, user, typeof organisation === 'string' ? organisation : undefined)
  return { ...json(200, show(state, user, actor)), headers: { 'Set-Cookie': openSession(state, user) } }
}

const logout = ({ context, headers }: Call): Reply => ({
  status: 204,
  headers: { 'Set-Cookie': closeSession(context.state, headers.cookie) },
})

/** Coming, going, and who one is. */
export function sessionRoutes(show: ShowMember, methods: readonly string[]): Route[] {
  return [
    publicRoute('POST', '/login', (call) => login(call, show)),
    ...methods.map((method) => publicRoute(method, '/logout', logout)),
    route('GET', '/user/current', ({ context: { state, actor, server } }) => ({
      ...json(200, show(state, actor.user, actor)),
      headers: server.flavour === 'thehive4' ? { 'X-Organisation': actor.organisation } : undefined,
    })),
  ]
}
