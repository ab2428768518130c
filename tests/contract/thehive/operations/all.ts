import type { ContractOperation } from '../contract.ts'
import { addFile } from './add-file.ts'
import { addValues } from './add-values.ts'
import { addZip } from './add-zip.ts'
import { alertIds } from './alert-ids.ts'
import { alertPages } from './alert-pages.ts'
import { statsOfAny, statsOfKnown } from './alert-stats.ts'
import { assignee } from './assignee.ts'
import * as attachments from './attachments.ts'
import * as audit from './audit.ts'
import { caseCustomFields } from './case-fields.ts'
import * as cases from './cases.ts'
import { catalog } from './catalog.ts'
import * as observables from './change-observables.ts'
import { closeCase, reopenCase } from './close-case.ts'
import * as comments from './comments.ts'
import { connect } from './connect.ts'
import { countAlerts } from './count-alerts.ts'
import { createAlert } from './create-alert.ts'
import { createWithObservables } from './create-with-observables.ts'
import { customFields } from './custom-fields.ts'
import { deleteAlert, deleteAlerts } from './delete-alerts.ts'
import { download, downloadZip } from './download.ts'
import { findAlerts } from './find-alerts.ts'
import { follow } from './follow.ts'
import { getAlert } from './get-alert.ts'
import { importInto, unlink } from './import-and-unlink.ts'
import { listObservables } from './list-observables.ts'
import { markRead } from './mark-read.ts'
import { merge, mergeMany } from './merge.ts'
import { observablePages } from './observable-pages.ts'
import * as procedures from './procedures.ts'
import { organisation } from './organisation.ts'
import { promote, promoteOverrides, promotePages } from './promote.ts'
import { similarAlerts, similarCases } from './similar.ts'
import { status } from './status.ts'
import { stream } from './stream.ts'
import { summary } from './summary.ts'
import { listTasks } from './tasks.ts'
import { updateAlert } from './update-alert.ts'
import { updateAlerts } from './update-alerts.ts'
import { views } from './views.ts'

/** Every row of the table, in its order. */
export const operations: readonly ContractOperation[] = [
  ...[connect, organisation, catalog, views, stream],
  ...[alertPages, findAlerts, countAlerts, statsOfKnown, statsOfAny, alertIds, getAlert],
  ...[createAlert, createWithObservables],
  ...[updateAlert, updateAlerts, status, assignee, summary, customFields, markRead, follow],
  ...[deleteAlert, deleteAlerts, promote, promoteOverrides, promotePages],
  ...[merge, mergeMany, importInto, unlink],
  ...[similarCases, similarAlerts, audit.deletions, audit.deleter, audit.history],
  ...[observablePages, listObservables, addValues, addFile, addZip],
  ...[observables.updateObservable, observables.updateObservables, observables.deleteObservable],
  ...[download, downloadZip],
  ...[comments.addComment, comments.editComment, comments.deleteComment],
  ...[procedures.addProcedure, procedures.editProcedure, procedures.deleteProcedure],
  ...[attachments.addAttachment, attachments.downloadAttachment, attachments.deleteAttachment],
  ...[cases.listCases, cases.getCase, cases.createCase, cases.updateCase, caseCustomFields],
  ...[closeCase, reopenCase, listTasks],
]
