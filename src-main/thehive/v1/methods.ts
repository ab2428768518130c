import type { AlertSearching } from '../alert-search.ts'
import type { Api } from '../api.ts'
import { bulkLimit, mergeLimit } from '../bulk.ts'
import { streamingOf } from '../event-stream.ts'
import type {
  AlertReading,
  AlertWriting,
  Cases,
  ChildWriting,
  ObservableWriting,
  TheHiveServer,
} from '../port.ts'
import { requireAbility } from './abilities.ts'
import * as add from './add-observables.ts'
import { alertIdPage } from './alert-ids.ts'
import { alertStats } from './alert-stats.ts'
import * as alerts from './alerts.ts'
import * as attachments from './attachments.ts'
import * as links from './case-links.ts'
import * as cases from './cases.ts'
import { readCatalog } from './catalog.ts'
import * as change from './change-alerts.ts'
import * as edit from './change-observables.ts'
import * as comments from './comments.ts'
import { createAlert } from './create-alert.ts'
import { download } from './download.ts'
import { alertHistory } from './audits.ts'
import { deletionOf } from './feed.ts'
import { countAlerts, findAlerts } from './find-alerts.ts'
import * as observables from './observables.ts'
import * as procedures from './procedures.ts'
import { readAlert } from './read-alert.ts'
import * as similar from './similar.ts'
import { listViews } from './views.ts'
import { mustSendWholeTags } from './whole-tags.ts'

type Methods = Omit<TheHiveServer, 'session' | 'close'>

/** The port's methods, each by the file of its family. */
export function methodsOf(api: Api): Methods {
  return {
    catalog: (signal) => readCatalog(api, signal),
    views: (signal) => listViews(api, signal),
    ...alertSearching(api),
    ...alertReading(api),
    ...alertWriting(api),
    ...observableWriting(api),
    ...childWriting(api),
    ...caseMethods(api),
    ...streamingOf(api, '/api/v1/stream'),
    atOnce: {
      updateAlerts: (wanted) => (mustSendWholeTags(api, wanted) ? 1 : bulkLimit),
      deleteAlerts: bulkLimit,
      mergeMany: mergeLimit,
      updateObservables: (wanted) => (mustSendWholeTags(api, wanted) ? 1 : bulkLimit),
    },
  }
}

function alertReading(api: Api): AlertReading {
  return {
    alertPage: (request, signal) => alerts.alertPage(api, request, signal),
    observablePage: (request, signal) => observables.observablePage(api, request, signal),
    alertIdPage: (request, signal) => alertIdPage(api, request, signal),
    // The trail is told of one thing at a time; the stream and the feed of the day are hints, not records (api.md §8.3).
    deletedAlerts: async () => undefined,
    deletedCases: async () => undefined,
    alertHistory: (id, signal) => alertHistory(api, id, signal),
    deletionOf: (gone, signal) => deletionOf(api, gone, signal),
    alert: (idOrKey, signal) => alerts.getAlert(api, idOrKey, signal),
    alertsById: (ids, signal) => alerts.alertsById(api, ids, (row) => readAlert(row, api.scale), signal),
    observables: (alertId, signal) => observables.listObservables(api, alertId, signal),
    comments: (alertId, signal) => comments.listComments(api, alertId, signal),
    procedures: (alertId, signal) => procedures.listProcedures(api, alertId, signal),
    attachments: (alertId, signal) => attachments.listAttachments(api, alertId, signal),
    similarCases: (alertId, signal) => similar.similarCases(api, alertId, signal),
    similarAlerts: (alertId, signal) => similar.similarAlerts(api, alertId, signal),
  }
}

function alertSearching(api: Api): AlertSearching {
  const read = (row: unknown) => readAlert(row, api.scale)
  return {
    findAlerts: (search, signal) => findAlerts(api, search, read, signal),
    countAlerts: (signal, wanted) => countAlerts(api, signal, wanted),
    alertStats: (by, wanted, signal) => alertStats(api, by, wanted, signal),
  }
}

function alertWriting(api: Api): AlertWriting {
  return {
    createAlert: (input, inline, signal) => createAlert(api, input, inline, signal),
    updateAlert: (id, wanted, signal) => change.updateAlert(api, id, wanted, signal),
    updateAlerts: (ids, wanted, signal) => change.updateAlerts(api, ids, wanted, signal),
    deleteAlert: (id, signal) => change.deleteAlert(api, id, signal),
    deleteAlerts: (ids, signal) => change.deleteAlerts(api, ids, signal),
    markRead: async () => requireAbility(api.version, 'markRead'),
    follow: (id, wanted, signal) => change.follow(api, id, wanted, signal),
    promote: (id, choices, signal) => links.promote(api, id, choices, signal),
    merge: (alertId, caseId, signal) => links.merge(api, alertId, caseId, signal),
    mergeMany: (alertIds, caseId, signal) => links.mergeMany(api, alertIds, caseId, signal),
    importInto: (alertId, caseId, signal) => links.importInto(api, alertId, caseId, signal),
    unlink: (alertId, caseId, signal) => links.unlink(api, alertId, caseId, signal),
  }
}

function observableWriting(api: Api): ObservableWriting {
  return {
    addValues: (alertId, item, signal) => add.addValues(api, alertId, item, signal),
    addFile: (alertId, item, signal) => add.addFile(api, alertId, item, signal),
    updateObservable: ({ id }, wanted, signal) => edit.updateObservable(api, id, wanted, signal),
    updateObservables: (_alertId, ids, wanted, signal) => edit.updateObservables(api, ids, wanted, signal),
    deleteObservable: ({ id }, signal) => edit.deleteObservable(api, id, signal),
    download: (target, signal) => download(api, target, signal),
  }
}

function childWriting(api: Api): ChildWriting {
  return {
    addComment: (alertId, message, signal) => comments.addComment(api, alertId, message, signal),
    editComment: (id, message, signal) => comments.editComment(api, id, message, signal),
    deleteComment: (id, signal) => comments.deleteComment(api, id, signal),
    addProcedure: (alertId, input, signal) => procedures.addProcedure(api, alertId, input, signal),
    editProcedure: (id, wanted, signal) => procedures.editProcedure(api, id, wanted, signal),
    deleteProcedure: (id, signal) => procedures.deleteProcedure(api, id, signal),
    addAttachment: (alertId, file, signal) => attachments.addAttachment(api, alertId, file, signal),
    deleteAttachment: (target, signal) => attachments.deleteAttachment(api, target, signal),
    downloadAttachment: (target, signal) => attachments.downloadAttachment(api, target, signal),
  }
}

function caseMethods(api: Api): Cases {
  return {
    cases: (request, signal) => cases.listCases(api, request, signal),
    case: (idOrNumber, signal) => cases.getCase(api, idOrNumber, signal),
    tasks: (caseId, signal) => cases.listTasks(api, caseId, signal),
    createCase: (input, signal) => cases.createCase(api, input, signal),
    updateCase: (id, wanted, signal) => cases.updateCase(api, id, wanted, signal),
  }
}
