import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Session } from '#shared/model/session.ts'
import type { Api } from '../api.ts'
import type { Detection } from '../detect.ts'
import type { Connection, TheHiveServer } from '../port.ts'
import { tlpScale } from '../scales.ts'
import type { ServerOptions } from '../server-options.ts'
import { openSession } from '../session.ts'
import { capabilitiesOf } from './capabilities.ts'
import { currentUser } from './current-user.ts'
import { readOnlyReason } from './licence.ts'
import { methodsOf } from './methods.ts'

/**
 * Connects to a TheHive 5 and finds out who we are there.
 * @throws ForagerError, and leaves no connection open then
 */
export async function createV1Server(
  connection: Connection,
  detection: Detection,
  signal: AbortSignal,
  options: ServerOptions = {},
): Promise<TheHiveServer> {
  const http = openSession(connection, options)
  const { version } = detection
  const api: Api = { http, version, scale: tlpScale(version), leftOut: options.leftOut }
  try {
    const session = await openingSession(api, connection, detection, signal)
    const { clockAhead } = http
    return { session, ...methodsOf(api), clockAhead, close: () => http.close() }
  } catch (thrown) {
    await http.close()
    throw thrown
  }
}

async function openingSession(
  api: Api,
  connection: Connection,
  { flavour, version }: Detection,
  signal: AbortSignal,
): Promise<Session> {
  const user = await currentUser(api, signal)
  requireOrganisation(connection.organisation, user)
  const reason = await readOnlyReason(api, signal)
  return {
    flavour,
    version,
    login: user.login,
    userName: user.name,
    organisation: user.organisation,
    organisations: user.organisations,
    permissions: user.permissions,
    capabilities: capabilitiesOf(version, user.permissions, reason),
  }
}

/** A server may answer for another organisation than the one asked for: working there would mix two queues. */
function requireOrganisation(
  wanted: string | undefined,
  { organisation, organisations }: { organisation: string; organisations: readonly string[] },
): void {
  const asId = wanted?.startsWith('~') === true
  if (wanted === undefined || asId || wanted === organisation) return
  throw new ForagerError('forbidden', `This account does not work in the organisation "${wanted}".`, {
    next: `It works in: ${organisations.join(', ') || organisation}.`,
  })
}
