import { toErrorData } from '#shared/errors/convert.ts'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Session } from '#shared/model/session.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { AtOnce, ItemResult, TheHiveServer } from '#main/thehive/port.ts'
import type { Wire } from '../wire.ts'
import * as alerts from './alert-writes.ts'
import * as children from './child-writes.ts'
import { refusal } from './hive-state.ts'
import type { Generation, HiveState } from './hive-state.ts'
import * as reads from './hive-reads.ts'
import { bytesOf } from './page-bytes.ts'
import { catalogOf, sessionOf } from './who-and-what.ts'

type Answers = {
  [K in keyof TheHiveServer]?: TheHiveServer[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => R
    : never
}

function readAnswers(hive: HiveState): Answers {
  const { onAlert } = reads
  return {
    alertPage: (request) => bytesOf(reads.alertPage(hive, request)),
    observablePage: (request) => bytesOf(reads.observablePage(hive, request)),
    alertIdPage: (request) => {
      const rows = reads.idPage(hive, request)
      const [first, last] = [rows[0], rows.at(-1)]
      const ids = rows.map(({ id }) => id)
      if (first === undefined || last === undefined || rows.length < request.limit)
        return { ids, next: undefined }
      const same = rows.filter(({ createdAt }) => createdAt === last.createdAt).length
      const carried = request.cursor?.stamp === last.createdAt ? request.cursor.skip : 0
      return { ids, next: { stamp: last.createdAt, skip: carried + same } }
    },
    deletedAlerts: (since) => reads.deletionsSince(hive, 'alert', since),
    deletedCases: (since) => reads.deletionsSince(hive, 'case', since),
    alertHistory: () => undefined,
    deletionOf: () => undefined,
    countAlerts: () => hive.alerts.searched(hive.world.now()).length,
    alert: (idOrKey) => reads.alertBy(hive, idOrKey),
    alertsById: (ids) => reads.alertsById(hive, ids),
    observables: (id) => onAlert(hive.observables.all(), id).map(children.plain),
    comments: (id) => onAlert(hive.comments.values(), id).map(children.plain),
    procedures: (id) => onAlert(hive.procedures.values(), id).map(children.plain),
    attachments: (id) => onAlert(hive.attachments.values(), id).map(children.plain),
    cases: (request) => reads.recentCases(hive, request),
    case: (id) => hive.cases.get(id),
    tasks: () => [],
    catalog: () => catalogOf(hive.rules.generation),
  } as Answers
}

function alertAnswers(hive: HiveState, by: string): Answers {
  const bulk = bulkOf(hive)
  const updateOne = (id: string, change: AlertChange) => alerts.updateAlert(hive, by, id, change)
  return {
    createAlert: (input, inline) => alerts.createAlert(hive, by, { input, inline }),
    updateAlert: updateOne,
    markRead: (id, read) => alerts.markRead(hive, by, id, read),
    follow: (id, follow) => alerts.follow(hive, by, id, follow),
    deleteAlert: (id) => alerts.deleteAlert(hive, by, id),
    promote: (id, choices) => alerts.promote(hive, by, id, choices),
    merge: (alertId, caseId) => alerts.link(hive, by, { how: 'alert.merge', alertId, caseId }),
    importInto: (alertId, caseId) => alerts.link(hive, by, { how: 'alert.import', alertId, caseId }),
    unlink: (id, caseId) => alerts.unlink(hive, by, id, caseId),
    createCase: (input) => alerts.createCase(hive, by, input),
    updateCase: (id, change) => alerts.updateCase(hive, by, id, change),
    ...{ updateAlerts: bulk(updateOne), deleteAlerts: bulk((id) => alerts.deleteAlert(hive, by, id)) },
    mergeMany: (ids, caseId) => {
      if (ids.some((id) => hive.mustAlert(id).caseId !== undefined)) throw refusal('One is imported already.')
      for (const alertId of ids) {
        hive.world.item()
        alerts.link(hive, by, { how: 'alert.merge', alertId, caseId })
      }
      return hive.mustCase(caseId)
    },
  }
}

/** A result an id: what one refuses is its own affair. */
const bulkOf =
  ({ world }: HiveState) =>
  <A extends unknown[]>(one: (id: string, ...rest: A) => void) =>
  (ids: readonly string[], ...rest: A): ItemResult[] =>
    ids.map((id) => {
      world.item()
      try {
        one(id, ...rest)
        return { id }
      } catch (thrown) {
        return { id, error: toErrorData(thrown) }
      }
    })

function childAnswers(hive: HiveState, by: string): Answers {
  return {
    addValues: (alertId, { values, marks }) => {
      const each = values.map((value) => {
        hive.world.item()
        return children.addValue(hive, by, { alertId, value, marks })
      })
      return { added: each.flatMap(({ added }) => added), failed: each.flatMap(({ failed }) => failed) }
    },
    addFile: (alertId, { file, marks }) => children.addFile(hive, by, { alertId, file, marks }),
    updateObservable: ({ id }, change) => children.updateObservable(hive, by, id, change),
    updateObservables: (_on, ids, change) =>
      bulkOf(hive)((id) => children.updateObservable(hive, by, id, change))(ids),
    deleteObservable: ({ id }) => children.deleteObservable(hive, by, id),
    addComment: (id, message) => children.addComment(hive, by, id, message),
    editComment: (id, message) => children.editComment(hive, by, id, message),
    deleteComment: (id) => children.deleteChild(hive, by, 'comment', id),
    addProcedure: (id, input) => children.addProcedure(hive, by, id, input),
    editProcedure: (id, change) => children.editProcedure(hive, by, id, change),
    deleteProcedure: (id) => children.deleteChild(hive, by, 'procedure', id),
    addAttachment: (id, file) => children.addAttachment(hive, by, id, file),
    deleteAttachment: ({ id }) => children.deleteChild(hive, by, 'attachment', id),
  }
}

const each = (most: number): AtOnce => ({
  ...{ updateAlerts: () => most, deleteAlerts: most, mergeMany: most, updateObservables: () => most },
})
/** The older generation has no call for several. */
const atOnce: Record<Generation, AtOnce> = { four: each(1), five: each(50) }

/** The server as one analyst's process reaches it. */
export function hivePort(hive: HiveState, login: string, wire: Wire) {
  const asking = (answers: Answers, isWrite: boolean) =>
    Object.entries(answers).map(([method, answer]) => [
      method,
      (...args: unknown[]) => {
        const signal = args.at(-1) as AbortSignal
        const apply = answer as (...args: unknown[]) => unknown
        return wire.ask({ method, args, isWrite }, signal, () => apply(...args))
      },
    ])
  const server = Object.fromEntries([
    ...asking(readAnswers(hive), false),
    ...asking({ ...alertAnswers(hive, login), ...childAnswers(hive, login) }, true),
  ]) as unknown as TheHiveServer
  const session: Session = sessionOf(hive.rules.generation, login)
  const connected = Object.assign(server, {
    session,
    atOnce: atOnce[hive.rules.generation],
    clockAhead: () => wire.clockAhead,
    close: () => Promise.resolve(),
  })
  return {
    /** Finds the server and says who we are there. */
    connect: (signal: AbortSignal): Promise<TheHiveServer> =>
      wire.ask({ method: 'connect', args: [], isWrite: false }, signal, () => connected),
    session,
    catalog: (): Catalog => catalogOf(hive.rules.generation),
  }
}
