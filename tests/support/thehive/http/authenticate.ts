import type { IncomingHttpHeaders } from 'node:http'
import { forbidden, unauthenticated } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { Actor, User } from '../state/types.ts'
import { userOfSession } from './session.ts'

/**
 * The actor behind `Authorization` (Bearer or Basic) or a session cookie, and `X-Organisation` (name or id; absent:
 * the first joined). Throws 401 without valid credentials.
 */
export function authenticate(state: HiveState, headers: IncomingHttpHeaders): Actor {
  const user = headers.authorization
    ? userOf(state, headers.authorization)
    : userOfSession(state, headers.cookie)
  if (!user || user.locked) throw unauthenticated()
  return actorFor(state, user, headers['x-organisation'] as string | undefined)
}

/**
 * The user as member of `organisation`. One not joined is refused by TheHive 5 with a 403 [inferred]; TheHive 4 lets
 * the caller in as a member of nothing; TheHive 3 has no organisations and does not look.
 */
export function actorFor(state: HiveState, user: User, organisation?: string | undefined): Actor {
  const { flavour } = state.server
  const wanted = flavour === 'thehive3' ? undefined : organisation
  const name = state.organisations.find((known) => known.id === wanted)?.name ?? wanted
  const membership = name ? user.memberships.find((each) => each.organisation === name) : user.memberships[0]
  if (membership) return { user, ...membership, permissions: permissionsOf(state, membership.profile) }
  if (flavour !== 'thehive4') {
    throw forbidden(`User ${user.login} is not a member of organisation ${name ?? ''}`)
  }
  const platform = user.memberships.find((each) => each.organisation === 'admin')
  // No organisation has the empty name: nothing is found there, and only readers' questions are answered.
  const permissions = platform ? permissionsOf(state, platform.profile) : new Set<string>()
  return { user, organisation: '', profile: platform?.profile ?? '', permissions }
}

const permissionsOf = (state: HiveState, profile: string): ReadonlySet<string> =>
  new Set(state.profiles.find((known) => known.name === profile)?.permissions)

function userOf(state: HiveState, authorization: string): User | undefined {
  const [scheme = '', credentials = ''] = authorization.split(' ', 2)
  if (scheme.toLowerCase() === 'bearer' && credentials !== '') {
    return state.users.find((user) => user.apiKey === credentials)
  }
  if (scheme.toLowerCase() !== 'basic' || !state.server.basicAuth) return undefined
  const [login = '', ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':')
  // Source: TheHive 3 wants exactly two parts; 4 takes a third one for the code of a second factor.
  if (state.server.flavour === 'thehive3' && password.length !== 1) return undefined
  const secret = state.server.flavour === 'thehive4' ? (password[0] ?? '') : password.join(':')
  return userByPassword(state, login, secret)
}

export function userByPassword(state: HiveState, login: string, password: string): User | undefined {
  return state.users.find((user) => user.login === login.toLowerCase() && user.password === password)
}
