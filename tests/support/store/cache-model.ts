import fc from 'fast-check'
import { fold } from '#main/domain/fold.ts'
import type { CacheReader, CacheWriter } from '#main/store/ports.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { QueueCounts, QueueRow } from '#shared/model/queue-row.ts'
import { foldText } from '#shared/util/fold-text.ts'
import { alertOperation, hostileText, login, severity, stage, time } from '#tests/support/arbitraries.ts'
import { anAlert } from '#tests/support/make.ts'

/** What the cache must show, computed the slow and obvious way. */
export type CacheModel = {
  bases: Map<string, Alert>
  pending: Map<string, readonly Operation[]>
  observables: Map<string, Observable[]>
  /** When the last page came, ms: pages are far apart, so that each is believed whatever its stamps. */
  at: number
}

export type CacheStep =
  | { do: 'ingest'; alerts: Alert[] }
  | { do: 'observables'; rows: { alertId: string; observable: Observable }[] }
  | { do: 'pending'; alertId: string; operations: Operation[] }
  | { do: 'gone'; ids: string[] }
  | { do: 'begin-fill' }
  | { do: 'fill-step' }

const alertId = fc.constantFrom('~1', '~2', '~3', '~4', 'local:a')
const serverAlertId = fc.constantFrom('~1', '~2', '~3', '~4')
const words = fc.oneof(
  hostileText,
  fc.constantFrom('Beacon to login[.]example', 'beacon', 'hxxp://login.example/p'),
)

const alert: fc.Arbitrary<Alert> = fc
  .record({
    id: serverAlertId,
    title: words,
    description: words,
    severity,
    stage,
    date: time,
    tags: fc.array(words),
  })
  .chain((parts) =>
    fc
      .tuple(fc.constantFrom('mail', 'edr'), fc.option(login), fc.nat(5))
      .map(([source, assignee, updated]) =>
        anAlert({ ...parts, source, updatedAt: updated, ...(assignee !== null && { assignee }) }),
      ),
  )

const observable: fc.Arbitrary<Observable> = fc
  .tuple(fc.constantFrom('~o1', '~o2', '~o3'), words)
  .map(([id, data]) => ({
    id,
    data,
    dataType: 'other',
    tlp: 'amber',
    pap: 'amber',
    tags: [],
    ioc: false,
    sighted: false,
    ignoreSimilarity: false,
    createdAt: 1,
    createdBy: 'feed',
  }))

export const cacheStep: fc.Arbitrary<CacheStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('ingest' as const), alerts: fc.array(alert, { maxLength: 4 }) }),
  },
  fc.record({
    do: fc.constant('observables' as const),
    rows: fc.array(fc.record({ alertId: serverAlertId, observable }), { maxLength: 4 }),
  }),
  {
    weight: 3,
    arbitrary: fc.tuple(alertId, fc.array(alertOperation, { maxLength: 3 })).map(([id, operations]) => ({
      do: 'pending' as const,
      alertId: id,
      operations: operations.map((one) => ({ ...one, alertId: id })),
    })),
  },
  fc.record({ do: fc.constant('gone' as const), ids: fc.array(serverAlertId, { maxLength: 3 }) }),
  fc.constant({ do: 'begin-fill' as const }),
  fc.constant({ do: 'fill-step' as const }),
)

export function applyStep(step: CacheStep, model: CacheModel, writer: CacheWriter): void {
  switch (step.do) {
    case 'ingest':
      model.at += 3_600_000
      writer.ingestAlerts(step.alerts, model.at)
      for (const one of step.alerts) model.bases.set(one.id, one)
      return
    case 'observables':
      writer.ingestObservables(step.rows)
      for (const { alertId: id, observable: one } of step.rows) {
        if (expected(model, id).alert === undefined) continue
        const others = (model.observables.get(id) ?? []).filter((other) => other.id !== one.id)
        model.observables.set(id, [...others, one])
      }
      return
    case 'pending':
      writer.setPending([{ alertId: step.alertId, operations: step.operations }])
      model.pending.set(step.alertId, step.operations)
      if (expected(model, step.alertId).alert === undefined) model.observables.delete(step.alertId)
      return
    case 'gone':
      writer.markGone(step.ids, model.at)
      return
    case 'begin-fill':
      writer.beginFill()
      return
    case 'fill-step':
      writer.finishFillStep()
  }
}

export const expected = (model: CacheModel, id: string) =>
  fold(model.bases.get(id), model.pending.get(id) ?? [])

/** Every id either side may know. */
export const allIds = ['~1', '~2', '~3', '~4', 'local:a']

/** A plain substring scan over the folded parts: the oracle of text search. */
export function scan(model: CacheModel, text: string): string[] {
  const needle = foldText(text).trim()
  return allIds.filter((id) => {
    const { alert: shown, observables } = expected(model, id)
    if (shown === undefined) return false
    const all = [...(model.observables.get(id) ?? []), ...observables]
    const parts = [shown.title, shown.description, shown.sourceRef, ...shown.tags]
    const values = all.flatMap((one) => [
      one.data ?? '',
      one.attachment?.name ?? '',
      one.attachment?.sha256 ?? '',
    ])
    return [...parts, ...values].some((part) => foldText(part).includes(needle))
  })
}

/** The counts, counted anew from the rows a view without filter lists. */
export function recount(reader: CacheReader, who: string): QueueCounts {
  const sort = { field: 'date', direction: 'desc' } as const
  const rows = reader.rows(reader.order({ filter: { op: 'any' }, sort, after: undefined, limit: 10_000 }).pks)
  const isOpen = ({ stage, gone }: QueueRow): boolean =>
    (stage === 'New' || stage === 'InProgress') && gone !== true
  const inbox = rows.filter(isOpen)
  // Through a Map: `__proto__` is a source like any other.
  const tally = (keys: (string | number)[]): Record<string, number> => {
    const sums = new Map<string, number>()
    for (const key of keys) sums.set(String(key), (sums.get(String(key)) ?? 0) + 1)
    return Object.fromEntries(sums)
  }
  return {
    total: rows.length,
    views: {
      inbox: inbox.length,
      mine: inbox.filter((row) => row.assignee === who).length,
      unassigned: inbox.filter((row) => row.assignee === undefined).length,
      critical: inbox.filter((row) => row.severity === 4).length,
      imported: rows.filter((row) => row.stage === 'Imported').length,
      closed: rows.filter((row) => row.stage === 'Closed').length,
    },
    stages: tally(rows.map((row) => row.stage)),
    severities: tally(inbox.map((row) => row.severity)),
    sources: tally(inbox.map((row) => row.source)),
    types: tally(inbox.map((row) => row.type)),
  }
}
