import type { Alert } from '#shared/model/alert.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Session } from '#shared/model/session.ts'
import type { Connection } from '../open-database.ts'
import type { CacheWriter, SyncMarks } from '../ports.ts'
import { guarded } from '../sql-errors.ts'
import { isAboutCase } from '../../domain/fold-case.ts'
import { parseStored } from './alert-json.ts'
import { ingestAlerts, ingestObservables } from './ingest.ts'
import { createPendingMirror } from './pending-mirror.ts'
import type { PendingMirror } from './pending-mirror.ts'
import { pullFacts, seenAgain } from './pull-facts.ts'
import { readyAlert, readyObservable } from './ready-rows.ts'
import { resolveAlert, resolveCase } from './resolve-local.ts'
import { createSettle } from './settle.ts'
import { baseOf, refold } from './shown.ts'
import { createTables } from './tables.ts'
import type { Tables } from './tables.ts'
import { createWriteScopes } from './write-scope.ts'

type Writing = {
  db: Connection
  tables: Tables
  mirror: PendingMirror
  write: ReturnType<typeof createWriteScopes>
}

/** The single writer, on an open and migrated cache. `beforeClose` runs while the file is still open. */
export function createCacheWriter(db: Connection, beforeClose: () => void): CacheWriter {
  const mirror = createPendingMirror()
  const tables = createTables(db, mirror)
  const writing = { db, tables, mirror, write: createWriteScopes(db, tables) }
  const facts = pullFacts(writing)
  return guarded<CacheWriter>('cache', {
    ...keptValues(tables),
    ...filling(writing),
    ...ingesting(writing, facts.observableGaps),
    ...pendingWork(writing),
    ...facts,
    ...lookUps(tables),
    close() {
      try {
        beforeClose()
      } finally {
        db.close()
      }
    },
  })
}

function keptValues({ kept }: Tables) {
  return {
    marks: (): SyncMarks => kept.get<SyncMarks>('marks') ?? { fill: 'none', state: {} },
    saveMarks: (marks: SyncMarks) => kept.set('marks', marks),
    session: () => kept.get<Session>('session'),
    saveSession: (session: Session) => kept.set('session', session),
    catalog: () => kept.get<Catalog>('catalog'),
    saveCatalog: (catalog: Catalog) => kept.set('catalog', catalog),
  }
}

type Filling = 'beginFill' | 'alertsReach' | 'fillAhead' | 'finishFillStep' | 'tidyText'

function filling({ tables }: Writing): Pick<CacheWriter, Filling> {
  const { kept, fill, alerts, text } = tables
  const mark = (state: SyncMarks['fill']): void =>
    kept.set('marks', { ...(kept.get<SyncMarks>('marks') ?? { state: {} }), fill: state })
  return {
    beginFill: () => fill.begin(alerts.lastPk(), () => mark('filling')),
    alertsReach: (stamp) => fill.alertsReach(stamp, alerts.lastPk()),
    fillAhead: fill.stepAhead,
    finishFillStep() {
      const step = fill.step()
      if (step.done) mark('done')
      return step
    },
    tidyText() {
      if (fill.active) return false
      const more = text.mergeSome()
      if (!more) text.endBulk()
      return more
    },
  }
}

function ingesting({ tables, mirror, write }: Writing, observableGaps: CacheWriter['observableGaps']) {
  const ground = { tables, mirror }
  type Replaceable<T> = { replace: (pk: number, children: readonly T[], pending: 0) => void }
  const replacing =
    <T>(table: Replaceable<T>) =>
    (alertId: string, children: readonly T[]): void =>
      write(() => {
        const pk = tables.alerts.pkOf(alertId)
        if (pk !== undefined) table.replace(pk, children, 0)
      })
  const ingestReadyAlerts: CacheWriter['ingestReadyAlerts'] = (alerts, at, there = at) => {
    // Most pages of a quiet round: nothing is written for them.
    if (alerts.length === 0) return { changed: [], arrived: 0, underPending: [] }
    return write((scope) => {
      const back = seenAgain(
        tables,
        scope,
        alerts.map(({ id }) => id),
      )
      const ingested = ingestAlerts(ground, scope, { alerts, at, there })
      return back.length === 0
        ? ingested
        : { ...ingested, changed: [...new Set([...ingested.changed, ...back])] }
    })
  }
  const ingestReadyObservables: CacheWriter['ingestReadyObservables'] = (rows) => {
    if (rows.length === 0) return { changed: [], orphans: 0 }
    return withGaps(
      write((scope) => ingestObservables(ground, scope, rows)),
      rows,
    )
  }
  /** An echo tells too: what a page stored before it broke off, or before a crash, is no change the next time. */
  const withGaps = (stored: { changed: string[]; orphans: number }, rows: readonly { alertId: string }[]) => {
    if (tables.fill.active) return stored
    const gaps = observableGaps([...new Set(rows.map(({ alertId }) => alertId))])
    return gaps.length === 0 ? stored : { ...stored, changed: [...new Set([...stored.changed, ...gaps])] }
  }
  return {
    ingestAlerts: (alerts, at, there) => ingestReadyAlerts(alerts.map(readyAlert), at, there),
    ingestObservables: (rows) =>
      ingestReadyObservables(
        rows.map(({ alertId, observable }) => ({ alertId, ...readyObservable(observable) })),
      ),
    ingestReadyAlerts,
    ingestReadyObservables,
    replaceObservables: (alertId, observables) =>
      write((scope) => {
        const ids = observables.map(({ id }) => id)
        tables.aside.clear('observable', ids)
        const pk = tables.alerts.pkOf(alertId)
        if (pk !== undefined && tables.observables.replace(pk, observables, 0)) scope.touchText(pk)
      }),
    replaceComments: replacing(tables.comments),
    replaceProcedures: replacing(tables.procedures),
    replaceAttachments: replacing(tables.attachments),
    replaceTasks: (caseId, tasks) => write(() => tables.tasks.replace(caseId, tasks)),
    removeAlert: (alertId) =>
      write((scope) => {
        const row = tables.alerts.find(alertId)
        if (row !== undefined) scope.remove(row)
      }),
    upsertCases: (cases) => write(() => tables.cases.upsert(cases)),
    upsertListedCases: (cases) => write(() => tables.cases.upsert(cases.filter(tables.cases.isNews))),
    markCasesGone: (caseIds) => write(() => tables.cases.markGone(caseIds)),
    savePacked: ({ alertId, ...facts }) =>
      write(() => {
        const pk = tables.alerts.pkOf(alertId)
        if (pk !== undefined) tables.packed.save(pk, facts)
      }),
    saveChildrenSeen: (alertId, at) =>
      write(() => {
        const pk = tables.alerts.pkOf(alertId)
        if (pk !== undefined) tables.childrenSeen.save(pk, at)
      }),
    setAside: (entries) => write(() => tables.aside.put(entries)),
    forgetAside: (entity) => write(() => tables.aside.forget(entity)),
  } satisfies Partial<CacheWriter>
}

function pendingWork({ db, tables, mirror, write }: Writing) {
  const ground = { tables, mirror }
  const { settle, unsettled } = createSettle(db, { tables, mirror })
  const setPending: CacheWriter['setPending'] = (views) =>
    write((scope) => {
      for (const { alertId, operations } of views) {
        mirror.set(alertId, operations)
        const aboutCase =
          operations[0] === undefined ? tables.cases.isPending(alertId) : isAboutCase(operations[0])
        if (aboutCase) tables.cases.refold(alertId)
        else refold(tables, scope, { id: alertId, operations })
      }
    })
  return {
    setPending,
    restorePending(views) {
      const named = new Set(views.map(({ alertId }) => alertId))
      const shown = [...tables.alerts.pendingIds(), ...tables.cases.pendingIds()]
      const left = shown.filter((id) => !named.has(id))
      setPending([...views, ...left.map((alertId) => ({ alertId, operations: [] }))])
    },
    resolveLocal(kind, localId, serverId) {
      // A process that died afterwards asks again by what it is called now.
      if (localId === serverId) return
      if (kind === 'alert') mirror.renameAlert(localId, serverId)
      else mirror.renameCase(localId, serverId)
      const resolve = kind === 'alert' ? resolveAlert : resolveCase
      write((scope) => resolve(ground, scope, { localId, serverId }))
    },
    settle: (id, operations, templates = []) =>
      write((scope) => settle(scope, { id, operations, templates })),
    unsettled,
  } satisfies Partial<CacheWriter>
}

function lookUps({ alerts, cases, aside }: Tables) {
  return {
    alert(id: string) {
      const row = alerts.find(id)
      if (row === undefined) return { base: undefined, effective: undefined }
      return { base: baseOf(row), effective: parseStored<Alert>(row.body) }
    },
    alertIdByKey: alerts.idByKey,
    case: cases.find,
    setAsideCount: aside.count,
  }
}
