import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { isOlder, stampOf } from '../../domain/is-older.ts'
import type { Ingested } from '../ports.ts'
import { parseStored } from './alert-json.ts'
import type { PendingMirror } from './pending-mirror.ts'
import type { ReadyAlert, ReadyObservable } from './ready-rows.ts'
import type { StoredAlert } from './alert-table.ts'
import { baseOf, baseText, show } from './shown.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

type Ground = { tables: Tables; mirror: PendingMirror }

/**
 * A page fetched before a decision was sent may be stored after its answer, and a list follows late: an older state never replaces
 * one that the server made just now, by its own clock. Beyond this many milliseconds a server that went back in time (restored from a
 * backup, its clock set) is believed.
 */
const justMadeMs = 120_000

function isStale(alert: Alert, row: StoredAlert, there: number): boolean {
  const known = baseOf(row)
  if (known === undefined || !isOlder(alert, known)) return false
  return Math.abs(there - stampOf(known)) <= justMadeMs
}

/** One page of server states. An alert that appears twice counts as its last appearance. */
export function ingestAlerts(
  { tables, mirror }: Ground,
  scope: WriteScope,
  { alerts, at, there }: { alerts: readonly ReadyAlert[]; at: number; there: number },
): Ingested {
  const latest = [...new Map(alerts.map((alert) => [alert.id, alert])).values()]
  const fresh: ReadyAlert[] = []
  const changed: string[] = []
  const underPending: Alert[] = []
  let arrived = 0
  for (const ready of latest) {
    const { id, body } = ready
    const row = tables.alerts.find(id)
    const operations = mirror.get(id)
    if (row === undefined) arrived++
    if (row === undefined && operations.length === 0) {
      fresh.push(ready)
      changed.push(id)
      continue
    }
    const echo = row !== undefined && baseText(row) === body
    if (echo && operations.length === 0) continue
    const alert = parseStored<Alert>(body)
    if (row !== undefined && isStale(alert, row, there)) continue
    if (operations.length > 0) underPending.push(alert)
    if (echo) continue
    if (row?.pending === 1 && operations.length === 0) {
      // Marked pending, but nobody has said yet by what (start-up): the new base waits below what is shown.
      tables.alerts.setBase(row.pk, body)
    } else if (show(tables, scope, { id, base: alert, operations, fetchedAt: at })) {
      changed.push(id)
    }
  }
  scope.insert(fresh.map((ready) => ({ ready, base: null, pending: false, fetchedAt: at })))
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
  rows: readonly (ReadyObservable & { alertId: string })[],
): { changed: string[]; orphans: number } {
  const alerts = new Map<string, KnownAlert | undefined>()
  const changed = new Set<string>()
  let orphans = 0
  const fresh = new Map<string, ReadyObservable & { alertPk: number }>()
  for (const { alertId, id, folded, body } of rows) {
    if (!alerts.has(alertId)) alerts.set(alertId, knownAlert(tables, alertId))
    const alert = alerts.get(alertId)
    if (alert === undefined) {
      orphans++
      continue
    }
    const slot = `${alert.pk} ${id}`
    const known = fresh.get(slot)?.body ?? alert.stored.get(id)
    if (known !== undefined && isEchoOf(known, body)) continue
    fresh.set(slot, { alertPk: alert.pk, id, folded, body })
    changed.add(alertId)
    scope.touchText(alert.pk)
  }
  tables.observables.putRows([...fresh.values()], 0)
  tables.aside.clear(
    'observable',
    rows.map(({ id }) => id),
  )
  return { changed: [...changed], orphans }
}

/** The same again, or a state older than what was read since: a page follows late. */
const isEchoOf = (known: string, body: string): boolean =>
  known === body || isOlder(parseStored<Observable>(body), parseStored<Observable>(known))

/** One look-up an alert, not one an observable. */
type KnownAlert = { pk: number; stored: ReadonlyMap<string, string> }

function knownAlert(tables: Tables, alertId: string): KnownAlert | undefined {
  const pk = tables.alerts.pkOf(alertId)
  return pk === undefined ? undefined : { pk, stored: tables.observables.bodiesOf(pk) }
}
