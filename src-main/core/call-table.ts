import type { CallOutput, ParsedInput } from '#shared/contract/contract.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { classifyText } from '../intake/classify.ts'
import type { ServiceContext } from '../services/context.ts'
import { createAlert } from '../services/create-alert.ts'
import { addComment, addFiles, addValues } from '../services/enrich.ts'
import type { TakeIn } from '../services/enrich.ts'
import { mergeAlerts, promoteAlert } from '../services/import-alerts.ts'
import { dropOperation, resolveConflict, retryOperation, sendNow, undoGroup } from '../services/outbox.ts'
import { updateAlerts } from '../services/triage.ts'
import type { Driver } from '../sync/engine.ts'
import { alertDetail, listOutbox } from './outbox-reading.ts'
import type { CoreCall } from './messages.ts'
import type { ProfileFiles } from './profile-files.ts'

export type CallTable = { [K in CoreCall]: (input: ParsedInput<K>) => Promise<CallOutput<K>> }

export type TableParts = {
  context: ServiceContext & { takeIn: TakeIn }
  driver: Driver
  files: ProfileFiles
}

const done = async (work: Promise<void> | void): Promise<null> => {
  await work
  return null
}

/** Every call that needs an open profile, and what answers it. */
export function callTable({ context, driver, files }: TableParts): CallTable {
  const { quick, search } = files.readers
  return {
    'catalog.get': () => Promise.resolve(context.catalog()),
    'sync.status': () => Promise.resolve(driver.status()),
    'sync.now': () => done(driver.syncNow()),
    'sync.cancelFill': () => done(driver.cancelFill()),
    'sync.resumeFill': () => done(driver.resumeFill()),
    'sync.workOffline': ({ offline }) => done(driver.workOffline(offline)),
    'queue.order': ({ filter, sort, after, limit }) =>
      search((reader) => reader.order({ filter, sort, after, limit })),
    'queue.rows': ({ pks }) => quick.rows(pks),
    'queue.counts': () => quick.counts(context.session().login),
    'alerts.get': async ({ id }) => {
      const detail = await alertDetail(context.book.resolveId(id), { context, files })
      void driver.lookAt(detail.alert.id)
      return detail
    },
    'alerts.create': (input) => createAlert(input, context),
    'triage.update': (input) => updateAlerts(input, context),
    'triage.promote': (input) => promoteAlert(input, context),
    'triage.merge': (input) => mergeAlerts(input, context),
    'triage.comment': (input) => addComment(input, context),
    'triage.addValues': (input) => addValues(input, context),
    'triage.addFiles': (input) => addFiles(input, context),
    'intake.classify': ({ text }) => Promise.resolve(classifyText(text)),
    'cases.search': ({ text, limit }) => search((reader) => reader.searchCases(text, limit)),
    'cases.get': async ({ id }) => {
      const found = await quick.case(context.book.resolveId(id))
      if (found === undefined) throw new ForagerError('not-found', 'This case is not in the local copy.')
      return found
    },
    'outbox.list': ({ receipts }) => listOutbox(receipts, { context, files }),
    'outbox.undo': ({ groupId }) => undoGroup(groupId, context),
    'outbox.drop': ({ id }) => done(dropOperation(id, context)),
    'outbox.retry': ({ id }) => done(retryOperation(id, context)),
    'outbox.resolve': ({ id, choice }) => done(resolveConflict({ id, choice }, context)),
    'outbox.sendNow': () => done(sendNow(context)),
  }
}
