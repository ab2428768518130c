import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Ingested } from '../ports.ts'
import { alertJson } from './alert-json.ts'
import { observableJson } from './observable-table.ts'
import type { PendingMirror } from './pending-mirror.ts'
import type { StoredAlert } from './alert-table.ts'
import { baseOf, baseText, show } from './shown.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

type Ground = { tables: Tables; mirror: PendingMirror }

/**
 * A page fetched before a decision was sent may be stored after its answer: an older state never replaces a newer one that
 * was just read. Beyond this many milliseconds a server that went back in time (restored from a backup) is believed.
 */
const justReadMs = 120_000

function isStale(alert: Alert, row: StoredAlert, at: number): boolean {
  if (row.fetchedAt === null || at - row.fetchedAt > justReadMs) return false
  const known = baseOf(row)
  return known !== undefined && stampOf(alert) < stampOf(known)
}

const stampOf = (alert: Alert): number => alert.updatedAt ?? alert.createdAt

/** One page of server states. An alert that appears twice counts as its last appearance. */
export function ingestAlerts(
  { tables, mirror }: Ground,
  scope: WriteScope,
  { alerts, at }: { alerts: readonly Alert[]; at: number },
): Ingested {
  const latest = [...new Map(alerts.map((alert) => [alert.id, alert])).values()]
  const fresh: { alert: Alert; text: string }[] = []
  const changed: string[] = []
  const underPending: Alert[] = []
  let arrived = 0
  for (const alert of latest) {
    const row = tables.alerts.find(alert.id)
    if (row !== undefined && isStale(alert, row, at)) continue
    const operations = mirror.get(alert.id)
    if (operations.length > 0) underPending.push(alert)
    const text = alertJson(alert)
    if (row === undefined) arrived++
    if (row === undefined && operations.length === 0) {
      fresh.push({ alert, text })
      changed.push(alert.id)
    } else if (row !== undefined && baseText(row) === text) {
      continue
    } else if (row !== undefined && row.pending === 1 && operations.length === 0) {
      // Marked pending, but nobody has said yet by what (start-up): the new base waits below what is shown.
      tables.alerts.setBase(row.pk, text)
    } else if (show(tables, scope, { id: alert.id, base: alert, operations, fetchedAt: at })) {
      changed.push(alert.id)
    }
  }
  scope.insert(
    fresh.map(({ alert, text }) => ({ shown: alert, body: text, base: null, pending: false, fetchedAt: at })),
  )
  tables.aside.clear(
    'alert',
    latest.map(({ id }) => id),
  )
  return { changed, arrived, underPending }
}

/** Observables of many alerts, as pages bring them; rows already stored exactly so are not written again. */
export function ingestObservables(
  { tables }: Ground,
  scope: WriteScope,
  rows: readonly { alertId: string; observable: Observable }[],
): { changed: string[]; orphans: number } {
  const known = new Map<string, KnownAlert | undefined>()
  const changed = new Set<string>()
  let orphans = 0
  const fresh = new Map<string, { alertPk: number; observable: Observable; body: string }>()
  for (const { alertId, observable } of rows) {
    if (!known.has(alertId)) known.set(alertId, knownAlert(tables, alertId))
    const alert = known.get(alertId)
    if (alert === undefined) {
      orphans++
      continue
    }
    const record = { alertPk: alert.pk, observable, body: observableJson(observable) }
    const slot = `${alert.pk} ${observable.id}`
    if (!fresh.has(slot) && alert.stored.get(observable.id) === record.body) continue
    fresh.set(slot, record)
    changed.add(alertId)
    scope.touchText(alert.pk)
  }
  tables.observables.putRows([...fresh.values()], 0)
  tables.aside.clear(
    'observable',
    rows.map(({ observable }) => observable.id),
  )
  return { changed: [...changed], orphans }
}

/** One look-up an alert, not one an observable. */
type KnownAlert = { pk: number; stored: ReadonlyMap<string, string> }

function knownAlert(tables: Tables, alertId: string): KnownAlert | undefined {
  const pk = tables.alerts.pkOf(alertId)
  return pk === undefined ? undefined : { pk, stored: tables.observables.bodiesOf(pk) }
}
