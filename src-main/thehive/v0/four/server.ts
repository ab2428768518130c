import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Detection } from '../../detect.ts'
import { streamingOf } from '../../event-stream.ts'
import { orAbsent } from '../../absence.ts'
import { bulkLimit, mergeLimit } from '../../bulk.ts'
import type { Connection, TheHiveServer } from '../../port.ts'
import { tlpScale } from '../../scales.ts'
import type { ServerOptions } from '../../server-options.ts'
import { openSession } from '../../session.ts'
import { alertIdPage } from '../../v1/alert-ids.ts'
import { alertPage, alertsById } from '../../v1/alerts.ts'
import { readDefinitions } from '../../v1/catalog.ts'
import { currentUser } from '../../v1/current-user.ts'
import type { CurrentUser } from '../../v1/current-user.ts'
import { countAlerts, findAlerts } from '../../v1/find-alerts.ts'
import { listObservables, observablePage, observablePath } from '../../v1/observables.ts'
import { changesTags } from '../alert-bodies.ts'
import { follow, markRead } from '../alert-marks.ts'
import { alertStats } from '../alert-stats.ts'
import { alertStatuses } from '../alert-status.ts'
import { caseStatuses } from '../case-status.ts'
import * as audits from '../audits.ts'
import * as cases from '../cases.ts'
import { download } from '../downloads.ts'
import { mergeMany } from '../imports.ts'
import type { OlderApi } from '../older-api.ts'
import { similarCases } from '../similar-cases.ts'
import { addFile, addValues } from './add-observables.ts'
import * as alerts from './alerts.ts'
import { capabilitiesOf } from './capabilities.ts'
import { createAlert } from './create-alert.ts'
import * as imports from './imports.ts'
import { absent } from './lacking.ts'
import * as observables from './observables.ts'
import { readAlert } from './read-alert.ts'

/**
 * Connects to a TheHive 4 and finds out who we are there. It is asked over v1 wherever v1 has the call, and told over `/api`
 * what v1 lacks (api.md §3.1).
 * @throws ForagerError, and leaves no connection open then
 */
export async function createFourServer(
  connection: Connection,
  { version }: Detection,
  signal: AbortSignal,
  options: ServerOptions = {},
): Promise<TheHiveServer> {
  const http = openSession(connection, options)
  const { leftOut } = options
  const api: OlderApi = { http, version, scale: tlpScale(version), flavour: 'thehive4', leftOut }
  try {
    const user = await currentUser(api, signal)
    requireOrganisation(connection.organisation, user)
    return serverOf(api, user)
  } catch (thrown) {
    await http.close()
    throw thrown
  }
}

/**
 * TheHive 4 lets anybody in under any name of an organisation, into one that holds nothing (api.md §1.2), and even repeats
 * the name: only the list of organisations can be believed.
 */
function requireOrganisation(wanted: string | undefined, { organisations }: CurrentUser): void {
  const asId = wanted?.startsWith('~') === true
  if (wanted === undefined || asId || organisations.length === 0 || organisations.includes(wanted)) return
  throw new ForagerError('forbidden', `This account does not work in the organisation "${wanted}".`, {
    next: `It works in: ${organisations.join(', ')}.`,
  })
}

function serverOf(api: OlderApi, user: CurrentUser): TheHiveServer {
  const { login, name, organisation, organisations, permissions } = user
  return {
    session: {
      flavour: 'thehive4',
      version: api.version,
      login,
      userName: name,
      organisation,
      organisations,
      permissions,
      capabilities: capabilitiesOf(permissions),
    },
    atOnce: {
      // TheHive 4 has no bulk call for alerts, and takes whole lists of tags only.
      updateAlerts: () => 1,
      deleteAlerts: bulkLimit,
      mergeMany: mergeLimit,
      updateObservables: (change) => (changesTags(change) ? 1 : bulkLimit),
    },
    catalog: async (signal) => ({
      alertStatuses,
      caseStatuses,
      ...(await readDefinitions(api, signal)),
      techniques: [],
    }),
    ...reading(api),
    ...writing(api),
    ...observablesOf(api),
    ...casesOf(api),
    ...children,
    ...streamingOf(api, '/api/stream'),
    clockAhead: api.http.clockAhead,
    close: () => api.http.close(),
  }
}

const none = () => Promise.resolve([])

function reading(api: OlderApi) {
  return {
    alertPage: (request, signal) => alertPage(api, request, signal),
    observablePage: (request, signal) => observablePage(api, request, signal),
    alertIdPage: (request, signal) => alertIdPage(api, request, signal),
    deletedAlerts: (since, signal) => audits.deletedAlerts(api, since, signal),
    deletedCases: (since, signal) => audits.deletedCases(api, since, signal),
    alertHistory: (id, signal) => audits.alertHistory(api, id, signal),
    deletionOf: ({ id }, signal) => audits.deletionOf(api, id, signal),
    findAlerts: (search, signal) => findAlerts(api, search, (row) => readAlert(row, api.scale), signal),
    countAlerts: (signal, wanted) => countAlerts(api, signal, wanted),
    alertStats: (by, wanted, signal) => alertStats(api, by, wanted, signal),
    views: none,
    alert: (idOrKey, signal) => alerts.getAlert(api, idOrKey, signal),
    alertsById: (ids, signal) => alertsById(api, ids, (row) => readAlert(row, api.scale), signal),
    observables: (alertId, signal) => listObservables(api, alertId, signal),
    comments: none,
    procedures: none,
    attachments: none,
    similarCases: (alertId, signal) => similarCases(api, alertId, signal),
    similarAlerts: none,
  } satisfies Partial<TheHiveServer>
}

function writing(api: OlderApi) {
  const seen = alerts.unlessGone
  return {
    createAlert: (input, inline, signal) => createAlert(api, input, inline, signal),
    updateAlert: (id, change, signal) => alerts.updateAlert(api, id, change, signal),
    updateAlerts: (ids, change, signal) => alerts.updateAlerts(api, ids, change, signal),
    deleteAlert: (id, signal) => alerts.deleteAlert(api, id, signal),
    deleteAlerts: (ids, signal) => alerts.deleteAlerts(api, ids, signal),
    markRead: (id, read, signal) => seen(api, id, signal, () => markRead(api, id, read, signal)),
    follow: (id, wanted, signal) => seen(api, id, signal, () => follow(api, id, wanted, signal)),
    promote: (id, choices, signal) => imports.promote(api, id, choices, signal),
    merge: (alertId, caseId, signal) => imports.merge(api, alertId, caseId, signal),
    mergeMany: (alertIds, caseId, signal) => mergeMany(api, alertIds, caseId, signal),
    importInto: absent('importObservables'),
    unlink: absent('unlinkAlert'),
  } satisfies Partial<TheHiveServer>
}

function observablesOf(api: OlderApi) {
  return {
    addValues: (alertId, item, signal) => addValues(api, alertId, item, signal),
    addFile: (alertId, item, signal) => addFile(api, alertId, item, signal),
    updateObservable: ({ id }, change, signal) => observables.updateObservable(api, id, change, signal),
    updateObservables: (_alertId, ids, change, signal) =>
      observables.updateObservables(api, ids, change, signal),
    deleteObservable: async ({ id }, signal) => {
      await orAbsent(() => api.http.send({ method: 'DELETE', path: observablePath(id) }, signal))
    },
    download: (target, signal) => download(api, target, signal),
  } satisfies Partial<TheHiveServer>
}

function casesOf(api: OlderApi) {
  return {
    cases: (request, signal) => cases.listCases(api, request, signal),
    case: (idOrNumber, signal) => cases.getCase(api, idOrNumber, signal),
    tasks: (caseId, signal) => cases.listTasks(api, caseId, signal),
    createCase: (input, signal) => cases.createCase(api, input, signal),
    updateCase: (id, change, signal) => cases.updateCase(api, id, change, signal),
  } satisfies Partial<TheHiveServer>
}

const children = {
  addComment: absent('comment'),
  editComment: absent('comment'),
  deleteComment: absent('comment'),
  addProcedure: absent('procedure'),
  editProcedure: absent('procedure'),
  deleteProcedure: absent('procedure'),
  addAttachment: absent('attachment'),
  deleteAttachment: absent('attachment'),
  downloadAttachment: absent('downloadAttachment'),
} satisfies Partial<TheHiveServer>
