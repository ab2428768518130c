import type { CallOutput, ParsedInput } from '#shared/contract/contract.ts'
import { classifyText } from '../intake/classify.ts'
import { askServer } from '../services/ask-server.ts'
import { askSimilar } from '../services/ask-similar.ts'
import { createCase, updateCases } from '../services/change-cases.ts'
import { createAlert } from '../services/create-alert.ts'
import { deleteChildren } from '../services/delete-children.ts'
import * as discuss from '../services/discuss.ts'
import { discardDraft, listDrafts, saveDraft } from '../services/drafts.ts'
import type { DraftContext } from '../services/drafts.ts'
import { editOperation } from '../services/edit-operation.ts'
import * as enrich from '../services/enrich.ts'
import type { CarryContext } from '../services/carry.ts'
import { importAlerts, mergeAlerts, promoteAlert, unlinkAlert } from '../services/import-alerts.ts'
import { importOutbox } from '../services/import-outbox.ts'
import { keepAsComment } from '../services/keep-as-comment.ts'
import {
  holdOperations,
  moveOperation,
  resumeOperations,
  sendNow,
  sendOperations,
} from '../services/steer-outbox.ts'
import { dropOperation, retryOperation, undoGroup } from '../services/outbox.ts'
import { resolveConflict } from '../services/resolve-conflict.ts'
import { resolveMany } from '../services/resolve-many.ts'
import { reversalPlan, reverseSent } from '../services/reverse-sent.ts'
import type { SaveContext } from '../services/save-file.ts'
import { saveSettings } from '../services/settings.ts'
import { discardStray, listStrays } from '../services/stray-files.ts'
import type { TakeIn } from '../services/take-files.ts'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from '../services/triage.ts'
import type { Driver } from '../sync/driver.ts'
import type { SyncEvents } from '../sync/ports.ts'
import type { ShiftPacker } from '../sync/shift-packer.ts'
import { alertDetail, caseDetail, listOutbox, operationDetail } from './outbox-reading.ts'
import { findReceipts } from './receipt-reading.ts'
import type { CoreCall } from './messages.ts'
import type { ProfileFiles } from './profile-files.ts'

export type CallTable = { [K in CoreCall]: (input: ParsedInput<K>) => Promise<CallOutput<K>> }

export type TableParts = {
  context: SaveContext & CarryContext & { takeIn: TakeIn; driver: Driver }
  driver: Driver
  files: ProfileFiles
  packer: ShiftPacker
  profileId: string
  changed: SyncEvents['changed']
}

const done = async (work: Promise<void> | void): Promise<null> => {
  await work
  return null
}

/** Every call that needs an open profile, and what answers it. */
export function callTable({ context, driver, files, packer, profileId, changed }: TableParts): CallTable {
  const { quick, search } = files.readers
  const receipt = (id: string) => {
    const found = files.outbox.get(id)
    return found?.state === 'sent' ? found : undefined
  }
  return {
    'settings.get': () => Promise.resolve(context.settings()),
    'settings.save': (change) => {
      const settings = saveSettings(change, files.outbox)
      driver.adopt(settings)
      return Promise.resolve(settings)
    },
    'catalog.get': () => Promise.resolve(context.catalog()),
    'sync.status': () => Promise.resolve(driver.status()),
    'sync.now': () => done(driver.syncNow()),
    'sync.attend': (attention) => done(driver.attend(attention)),
    'sync.hint': () => done(driver.hint()),
    'sync.cancelFill': () => done(driver.cancelFill()),
    'sync.resumeFill': () => done(driver.resumeFill()),
    'sync.workOffline': ({ offline }) => done(driver.workOffline(offline)),
    'queue.order': ({ filter, sort, after, limit }) =>
      search((reader) => reader.order({ filter, sort, after, limit })),
    'queue.askServer': (input) => askServer(input, { ...context, cache: files.cache, changed }),
    'queue.rows': async ({ pks, decided }) => {
      if (decided === true) await context.book.allFolded()
      return quick.rows(pks)
    },
    'queue.counts': () => quick.counts(context.session().login),
    'alerts.get': async ({ id }) => {
      const detail = await alertDetail(context.book.resolveId(id), { context, files })
      void driver.lookAt(detail.alert.id)
      return detail
    },
    'alerts.create': (input) => createAlert(input, context),
    'alerts.similar': (input) => askSimilar(input, { ...context, kept: (id) => quick.similar(id) }),
    ...packCalls(packer),
    ...draftCalls({ ...context, facts: files.outbox, profileId }),
    ...triageCalls(context),
    'intake.classify': ({ text }) => Promise.resolve(classifyText(text)),
    'strays.list': () => Promise.resolve(listStrays(context.strays)),
    'strays.discard': ({ id }) => done(discardStray(id, context.strays)),
    'cases.search': ({ text, limit }) => search((reader) => reader.searchCases(text, limit)),
    'cases.get': async ({ id }) => {
      const detail = await caseDetail(context.book.resolveId(id), { context, files })
      void driver.lookAtCase(detail.case.id)
      return detail
    },
    'cases.create': (input) => createCase(input, context),
    'cases.update': (input) => updateCases(input, context),
    'outbox.list': ({ receipts }) => listOutbox(receipts, { context, files }),
    'outbox.get': ({ id }) => operationDetail(id, { context, files }),
    'outbox.edit': (input) => done(editOperation(input, context)),
    'outbox.receipts': (input) => findReceipts(input, { context, files }),
    'outbox.import': ({ passphrase, paths: [path = ''] }) => importOutbox({ passphrase, path }, context),
    'outbox.reversal': ({ ids }) => reversalPlan(ids, { ...context, receipt }),
    'outbox.reverse': (input) => reverseSent(input, { ...context, receipt }),
    'outbox.undo': ({ groupId }) => undoGroup(groupId, context),
    'outbox.drop': (input) => dropOperation(input, context),
    'outbox.keepAsComment': (input) => keepAsComment(input, context),
    'outbox.retry': ({ id }) => done(retryOperation(id, context)),
    'outbox.resolve': (input) => done(resolveConflict(input, context)),
    'outbox.resolveMany': (input) => resolveMany(input, context),
    'outbox.hold': ({ ids }) => Promise.resolve(holdOperations(ids, context)),
    'outbox.resume': (input) => Promise.resolve(resumeOperations(input, context)),
    'outbox.move': (input) => done(moveOperation(input, context)),
    'outbox.send': ({ ids }) => Promise.resolve(sendOperations(ids, context)),
    'outbox.sendNow': () => {
      sendNow(context)
      return done(driver.syncNow())
    },
  }
}

type PackCall = Extract<CoreCall, `pack.${string}`>

/** What is taken along. */
function packCalls(packer: ShiftPacker): Pick<CallTable, PackCall> {
  return {
    'pack.status': () => Promise.resolve(packer.status()),
    'pack.measure': (plan) => packer.measure(plan),
    'pack.start': (plan) => packer.start(plan),
    'pack.pause': () => packer.pause(),
    'pack.resume': () => packer.resume(),
    'pack.forget': () => packer.forget(),
  }
}

type DraftCall = Extract<CoreCall, `drafts.${string}`>

/** What is typed and not saved yet. */
function draftCalls(context: DraftContext): Pick<CallTable, DraftCall> {
  return {
    'drafts.list': async ({ profileId }) => listDrafts(profileId, context),
    'drafts.save': async ({ profileId, draft }) => saveDraft(profileId, draft, context),
    'drafts.discard': async ({ profileId, about }) => done(discardDraft(profileId, about, context)),
  }
}

type TriageCall = Extract<CoreCall, `triage.${string}`>

/** Everything decided about one or many alerts. */
function triageCalls(context: TableParts['context']): Pick<CallTable, TriageCall> {
  return {
    'triage.update': (input) => updateAlerts(input, context),
    'triage.promote': (input) => promoteAlert(input, context),
    'triage.merge': (input) => mergeAlerts(input, context),
    'triage.read': (input) => readAlerts(input, context),
    'triage.follow': (input) => followAlerts(input, context),
    'triage.delete': (input) => deleteAlerts(input, context),
    'triage.import': (input) => importAlerts(input, context),
    'triage.unlink': (input) => unlinkAlert(input, context),
    'triage.comment': (input) => discuss.addComment(input, context),
    'triage.editComment': (input) => discuss.editComment(input, context),
    'triage.deleteComment': (input) =>
      deleteChildren([input.commentId], () => discuss.deleteComment(input, context), context),
    'triage.addProcedure': (input) => discuss.addProcedure(input, context),
    'triage.editProcedure': (input) => discuss.editProcedure(input, context),
    'triage.deleteProcedure': (input) =>
      deleteChildren([input.procedureId], () => discuss.deleteProcedure(input, context), context),
    'triage.addValues': (input) => enrich.addValues(input, context),
    'triage.addFiles': (input) => enrich.addFiles(input, context),
    'triage.updateObservables': (input) => enrich.updateObservables(input, context),
    'triage.deleteObservables': ({ id, observableIds: all }) =>
      deleteChildren(
        all,
        (observableIds) => enrich.deleteObservables({ id, observableIds }, context),
        context,
      ),
    'triage.addAttachments': (input) => enrich.addAttachments(input, context),
    'triage.deleteAttachment': (input) =>
      deleteChildren([input.attachmentId], () => discuss.deleteAttachment(input, context), context),
  }
}
