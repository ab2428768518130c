import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { PageCursor, PageRequest } from '#main/domain/page.ts'
import type { AlertsById } from '#main/thehive/port.ts'
import type { HiveState } from './hive-state.ts'

type Stamped = { id: string; createdAt: number; updatedAt?: number | undefined }

/** Rows at or beyond the cursor's stamp, by stamp and id; what has no such stamp is in no such list. */
export function pageOf<T extends Stamped>(rows: readonly T[], request: PageRequest): T[] {
  const { field, direction, cursor, limit } = request
  const sign = direction === 'asc' ? 1 : -1
  const stampOf = (row: T): number => (field === 'createdAt' ? row.createdAt : row.updatedAt) ?? -1
  const from = cursor?.skip ?? 0
  return rows
    .filter((row) => stampOf(row) >= 0)
    .filter((row) => cursor === undefined || sign * (stampOf(row) - cursor.stamp) >= 0)
    .sort((a, b) => sign * (stampOf(a) - stampOf(b) || compareIds(a.id, b.id)))
    .slice(from, from + limit)
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const alertPage = (hive: HiveState, request: PageRequest): Alert[] =>
  pageOf(foundAlerts(hive), request)

/** The count of observables is no field of an alert: a search counts them as it answers. */
const foundAlerts = (hive: HiveState): Alert[] =>
  hive.alerts
    .searched(hive.world.now())
    .map((alert) => ({ ...alert, observableCount: hive.alerts.get(alert.id)?.observableCount ?? 0 }))

export const observablePage = (hive: HiveState, request: PageRequest) =>
  pageOf(hive.observables.searched(hive.world.now()), request)

export function idPage(
  hive: HiveState,
  { cursor, limit }: { cursor: PageCursor | undefined; limit: number },
): Alert[] {
  return alertPage(hive, { field: 'createdAt', direction: 'asc', cursor, limit })
}

/** By id or by natural key. */
export const alertBy = (hive: HiveState, idOrKey: string): Alert | undefined =>
  hive.alerts.get(idOrKey) ?? hive.alerts.all().find((one) => keyOf(one) === idOrKey)

const keyOf = ({ type, source, sourceRef }: Alert): string => [type, source, sourceRef].join(';')

/** Several at once are searched for: what a late index does not have says nothing. */
export const alertsById = (hive: HiveState, ids: readonly string[]): AlertsById => ({
  alerts: foundAlerts(hive).filter(({ id }) => ids.includes(id)),
  lagging: hive.rules.lagMs > 0,
})

export function recentCases(
  hive: HiveState,
  { limit, updatedSince }: { limit: number; updatedSince?: number | undefined },
): Case[] {
  return hive.cases
    .searched(hive.world.now())
    .filter(
      (one) =>
        updatedSince === undefined || one.createdAt >= updatedSince || (one.updatedAt ?? 0) >= updatedSince,
    )
    .sort((a, b) => b.createdAt - a.createdAt || compareIds(b.id, a.id))
    .slice(0, limit)
}

/** What hangs on one alert: a walk from the alert, which needs no index. */
export const onAlert = <T extends { alertId: string }>(rows: Iterable<T>, alertId: string): T[] =>
  [...rows].filter((one) => one.alertId === alertId)

/** The trail, where it may be read. */
export function deletionsSince(hive: HiveState, objectType: 'alert' | 'case', since: number) {
  if (hive.rules.generation === 'five') return undefined
  return hive.trail.filter((entry) => entry.objectType === objectType && entry.at >= since)
}
