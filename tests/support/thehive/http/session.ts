import { randomBytes } from 'node:crypto'
import type { HiveState } from '../state/hive-state.ts'
import type { Flavour } from '../state/server-kind.ts'
import type { User } from '../state/types.ts'

const cookieNames: Record<Flavour, string> = {
  thehive3: 'THE_HIVE_SESSION',
  thehive4: 'THEHIVE-SESSION',
  thehive5: 'THEHIVE-SESSION', // [inferred]
}

/** Logs in; the result is the value of `Set-Cookie`. */
export function openSession(state: HiveState, user: User): string {
  const token = randomBytes(24).toString('hex')
  state.sessions.set(token, user)
  return `${cookieNames[state.server.flavour]}=${token}; Path=/; HttpOnly; SameSite=Lax`
}

/** The user whose session cookie this `Cookie` header carries. */
export function userOfSession(state: HiveState, cookies: string | undefined): User | undefined {
  const token = tokenOf(state, cookies)
  return token === undefined ? undefined : state.sessions.get(token)
}

/** Logs out; the result is the value of `Set-Cookie`. */
export function closeSession(state: HiveState, cookies: string | undefined): string {
  const token = tokenOf(state, cookies)
  if (token !== undefined) state.sessions.delete(token)
  return `${cookieNames[state.server.flavour]}=; Path=/; Max-Age=0`
}

function tokenOf(state: HiveState, cookies: string | undefined): string | undefined {
  const name = `${cookieNames[state.server.flavour]}=`
  return cookies
    ?.split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(name))
    ?.slice(name.length)
}
