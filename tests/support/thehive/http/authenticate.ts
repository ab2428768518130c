import type { IncomingHttpHeaders } from 'node:http'
import { forbidden, unauthenticated } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { Actor, User } from '../state/types.ts'

/**
 * The actor behind `Authorization` (Bearer or Basic) and `X-Organisation` (name or id; absent: the first joined).
 * Throws 401 without valid credentials, 403 for an organisation the user has not joined [the latter inferred].
 */
export function authenticate(state: HiveState, headers: IncomingHttpHeaders): Actor {
  const user = userOf(state, headers.authorization ?? '')
  if (!user || user.locked) throw unauthenticated()
  return actorFor(state, user, headers['x-organisation'] as string | undefined)
}

export function actorFor(state: HiveState, user: User, organisation?: string | undefined): Actor {
  const name = state.organisations.find((known) => known.id === organisation)?.name ?? organisation
  const membership = name ? user.memberships.find((each) => each.organisation === name) : user.memberships[0]
  if (!membership) throw forbidden(`User ${user.login} is not a member of organisation ${name ?? ''}`)
  const profile = state.profiles.find((known) => known.name === membership.profile)
  return { user, ...membership, permissions: new Set(profile?.permissions) }
}

function userOf(state: HiveState, authorization: string): User | undefined {
  const [scheme = '', credentials = ''] = authorization.split(' ', 2)
  if (scheme.toLowerCase() === 'bearer' && credentials !== '') {
    return state.users.find((user) => user.apiKey === credentials)
  }
  if (scheme.toLowerCase() !== 'basic') return undefined
  const [login, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':')
  return userByPassword(state, login ?? '', password.join(':'))
}

export function userByPassword(state: HiveState, login: string, password: string): User | undefined {
  return state.users.find((user) => user.login === login.toLowerCase() && user.password === password)
}
