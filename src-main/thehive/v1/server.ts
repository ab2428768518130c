import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Session } from '#shared/model/session.ts'
import type { Detection } from '../detect.ts'
import type { Connection, TheHiveServer } from '../port.ts'
import { openSession } from '../session.ts'
import type { SessionOptions } from '../session.ts'
import * as alerts from './alerts.ts'
import type { Api } from '../api.ts'
import { capabilitiesOf } from './capabilities.ts'
import { listCases, createCase, getCase } from './cases.ts'
import { readCatalog } from './catalog.ts'
import { addComment, listComments } from './comments.ts'
import { currentUser } from './current-user.ts'
import { readOnlyReason } from './licence.ts'
import * as observables from './observables.ts'
import { tlpScale } from '../scales.ts'

/**
 * Connects to a TheHive 5 and finds out who we are there.
 * @throws ForagerError, and leaves no connection open then
 */
export async function createV1Server(
  connection: Connection,
  detection: Detection,
  signal: AbortSignal,
  options: SessionOptions = {},
): Promise<TheHiveServer> {
  const http = openSession(connection, options)
  const api: Api = { http, version: detection.version, scale: tlpScale(detection.version) }
  try {
    const session = await openingSession(api, connection, detection, signal)
    return serverOf(api, session)
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

function serverOf(api: Api, session: Session): TheHiveServer {
  return {
    session,
    catalog: (signal) => readCatalog(api, signal),
    alertPage: (request, signal) => alerts.alertPage(api, request, signal),
    observablePage: (request, signal) => observables.observablePage(api, request, signal),
    cases: (request, signal) => listCases(api, request, signal),
    countAlerts: (signal) => alerts.countAlerts(api, signal),
    alert: (idOrKey, signal) => alerts.getAlert(api, idOrKey, signal),
    observables: (alertId, signal) => observables.listObservables(api, alertId, signal),
    comments: (alertId, signal) => listComments(api, alertId, signal),
    case: (idOrNumber, signal) => getCase(api, idOrNumber, signal),
    createAlert: (input, signal) => alerts.createAlert(api, input, signal),
    updateAlert: (id, change, signal) => alerts.updateAlert(api, id, change, signal),
    deleteAlert: (id, signal) => alerts.deleteAlert(api, id, signal),
    promote: (id, choices, signal) => alerts.promote(api, id, choices, signal),
    merge: (alertId, caseId, signal) => alerts.merge(api, alertId, caseId, signal),
    createCase: (input, signal) => createCase(api, input, signal),
    addValues: (alertId, item, signal) => observables.addValues(api, alertId, item, signal),
    addFile: (alertId, item, signal) => observables.addFile(api, alertId, item, signal),
    addComment: (alertId, message, signal) => addComment(api, alertId, message, signal),
    close: () => api.http.close(),
  }
}
