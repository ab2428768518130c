import { bulkLimit, mergeLimit } from '../../bulk.ts'
import type { Detection } from '../../detect.ts'
import { streamingOf } from '../../event-stream.ts'
import type { Connection, TheHiveServer } from '../../port.ts'
import { tlpScale } from '../../scales.ts'
import type { ServerOptions } from '../../server-options.ts'
import { atLeast } from '../../server-version.ts'
import { openSession } from '../../session.ts'
import { follow, markRead } from '../alert-marks.ts'
import { alertStats } from '../alert-stats.ts'
import * as audits from '../audits.ts'
import * as cases from '../cases.ts'
import { download } from '../downloads.ts'
import { merge } from '../imports.ts'
import type { OlderApi } from '../older-api.ts'
import { similarCases } from '../similar-cases.ts'
import * as alerts from './alerts.ts'
import { capabilitiesOf } from './capabilities.ts'
import { readCatalog } from './catalog.ts'
import { currentUser } from './current-user.ts'
import type { User3 } from './current-user.ts'
import * as deleting from './delete-alerts.ts'
import * as searching from './find-alerts.ts'
import * as imports from './imports.ts'
import { absent } from './lacking.ts'
import * as observables from './observables.ts'
import { observableRequest } from './page-reader.ts'
import * as updating from './update-alerts.ts'

/**
 * Connects to a TheHive 3 and finds out who we are there.
 * @throws ForagerError, and leaves no connection open then
 */
export async function createThreeServer(
  connection: Connection,
  { version }: Detection,
  signal: AbortSignal,
  options: ServerOptions = {},
): Promise<TheHiveServer> {
  const http = openSession(connection, options)
  const api: OlderApi = {
    http,
    version,
    scale: tlpScale(version),
    flavour: 'thehive3',
    leftOut: options.leftOut,
  }
  try {
    return serverOf(api, await currentUser(api, signal))
  } catch (thrown) {
    await http.close()
    throw thrown
  }
}

function serverOf(api: OlderApi, { login, name, roles }: User3): TheHiveServer {
  return {
    session: {
      flavour: 'thehive3',
      version: api.version,
      login,
      userName: name,
      // TheHive 3 has one queue for everybody.
      organisation: '',
      organisations: [],
      permissions: roles,
      capabilities: capabilitiesOf(api.version, roles),
    },
    atOnce: {
      updateAlerts: (change) => (updating.dependsOnAlert(change) ? 1 : bulkLimit),
      deleteAlerts: roles.includes('admin') ? bulkLimit : 1,
      // 3.3 leaves the case's description and tags alone in bulk (api.md §3.9), and a merge by itself does not.
      mergeMany: atLeast(api.version, '3.4.0') ? mergeLimit : 1,
      updateObservables: () => bulkLimit,
    },
    catalog: (signal) => readCatalog(api, signal),
    ...reading(api),
    ...writing(api, roles.includes('admin')),
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
    alertPage: (request, signal) => alerts.alertPage(api, request, signal),
    observablePage: (request, signal) => alerts.alertPage(api, observableRequest(request), signal),
    alertIdPage: (request, signal) => alerts.alertIdPage(api, request, signal),
    deletedAlerts: (since, signal) => audits.deletedAlerts(api, since, signal),
    deletedCases: (since, signal) => audits.deletedCases(api, since, signal),
    alertHistory: (id, signal) => audits.alertHistory(api, id, signal),
    deletionOf: ({ id }, signal) => audits.deletionOf(api, id, signal),
    findAlerts: (search, signal) => searching.findAlerts(api, search, signal),
    countAlerts: (signal, wanted) => searching.countAlerts(api, signal, wanted),
    alertStats: (by, wanted, signal) => alertStats(api, by, wanted, signal),
    views: none,
    alert: (idOrKey, signal) => alerts.getAlert(api, idOrKey, signal),
    alertsById: (ids, signal) => alerts.alertsById(api, ids, signal),
    observables: (alertId, signal) => observables.listObservables(api, alertId, signal),
    comments: none,
    procedures: none,
    attachments: none,
    similarCases: (alertId, signal) => similarCases(api, alertId, signal),
    similarAlerts: none,
  } satisfies Partial<TheHiveServer>
}

function writing(api: OlderApi, administrator: boolean) {
  return {
    createAlert: (input, inline, signal) => alerts.createAlert(api, input, inline, signal),
    updateAlert: (id, change, signal) => updating.updateAlert(api, id, change, signal),
    updateAlerts: (ids, change, signal) => updating.updateAlerts(api, ids, change, signal),
    deleteAlert: (id, signal) => deleting.deleteAlert(api, id, signal),
    deleteAlerts: (ids, signal) => deleting.deleteAlerts(api, ids, signal, administrator),
    markRead: (id, read, signal) => markRead(api, id, read, signal),
    follow: (id, wanted, signal) => follow(api, id, wanted, signal),
    promote: (id, choices, signal) => imports.promote(api, id, choices, signal),
    merge: (alertId, caseId, signal) => merge(api, alertId, caseId, signal),
    mergeMany: (alertIds, caseId, signal) => imports.mergeMany(api, alertIds, caseId, signal),
    importInto: absent('importObservables'),
    unlink: absent('unlinkAlert'),
    addValues: (alertId, item, signal) => observables.addValues(api, alertId, item, signal),
    // What a later PATCH brings stays the text it came as: only creation makes a file of it.
    addFile: absent('fileObservables'),
    updateObservable: (target, change, signal) => observables.updateObservable(api, target, change, signal),
    updateObservables: (alertId, ids, change, signal) =>
      observables.updateObservables(api, { alertId, ids }, change, signal),
    deleteObservable: (target, signal) => observables.deleteObservable(api, target, signal),
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
